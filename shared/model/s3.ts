import { z } from 'zod';

/** As far as Nuvem looks at it: S3 itself says what else a name may not be. */
export const S3BucketName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}$/, 'bucket-invalid');
/** Of an object; at most 1024 bytes of UTF-8. */
export const S3Key = z.string().min(1).max(1024);
/** What the keys of a folder begin with: empty, or with a slash at its end. */
export const S3Folder = z.union([z.literal(''), S3Key.endsWith('/')]);

export const S3Bucket = z.strictObject({
  name: z.string(),
  /** Empty: S3 does not say. */
  region: z.string(),
  createdAtMs: z.number().nullable(),
});
export type S3Bucket = Readonly<z.infer<typeof S3Bucket>>;

/** S3 has no folders: what the keys have in common up to a slash counts as one. */
export const S3Entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), key: z.string() }),
  z.strictObject({
    kind: z.literal('object'),
    key: z.string(),
    sizeBytes: z.number(),
    modifiedAtMs: z.number().nullable(),
    /** As S3 names it, e.g. `STANDARD` or `GLACIER`. */
    storageClass: z.string(),
  }),
]);
export type S3Entry = Readonly<z.infer<typeof S3Entry>>;

/** `cursor`: where the next page begins; null: this is the last one. */
export const S3BucketPage = z.strictObject({
  buckets: z.array(S3Bucket).readonly(),
  cursor: z.string().nullable(),
});
export type S3BucketPage = Readonly<z.infer<typeof S3BucketPage>>;

export const S3Page = z.strictObject({
  entries: z.array(S3Entry).readonly(),
  cursor: z.string().nullable(),
});
export type S3Page = Readonly<z.infer<typeof S3Page>>;

/** The last part of a key: `b.csv` of `a/b.csv`, `a` of `a/`. */
export function s3NameOf(key: string): string {
  const path = key.endsWith('/') ? key.slice(0, -1) : key;
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that a key or a folder is in. */
export function s3FolderOf(key: string): string {
  const path = key.endsWith('/') ? key.slice(0, -1) : key;
  return path.slice(0, path.lastIndexOf('/') + 1);
}
