import { S3BucketName, s3FolderOf } from './s3';

export interface S3Place {
  readonly bucket: string;
  readonly folder: string;
}

/** The bucket and the folder of `s3://bucket/folder/`, with or without its scheme; null: it names none. */
export function readS3Address(text: string): S3Place | null {
  const path = text.trim().replace(/^s3[an]?:\/\//i, '');
  const slash = path.indexOf('/');
  const bucket = slash < 0 ? path : path.slice(0, slash);
  const folder = slash < 0 ? '' : path.slice(slash + 1);
  if (!S3BucketName.safeParse(bucket).success) return null;
  return { bucket, folder: folder === '' || folder.endsWith('/') ? folder : s3FolderOf(folder) };
}
