/** A thing in S3: a bucket, and the key of an object or the beginning of keys (a "folder"). */
export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

/** Also as Hadoop writes it (`s3n`, `s3a`), which is how EMR tells of its logs. */
const pattern = /^s3[an]?:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s;

/** Reads `s3://bucket/key`; null: it is none. */
export function readS3Uri(uri: string): S3Place | null {
  const [, bucket, key = ''] = pattern.exec(uri) ?? [];
  return bucket === undefined ? null : { bucket, key };
}

/** `s3://bucket/key` */
export const s3Uri = ({ bucket, key }: S3Place): string => `s3://${bucket}/${key}`;

/** A folder's place with something below it; the folder may end in a slash or not. */
export const below = ({ bucket, key }: S3Place, path: string): S3Place => ({
  bucket,
  key: key === '' || key.endsWith('/') ? key + path : `${key}/${path}`,
});
