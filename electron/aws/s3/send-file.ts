import type { S3Place } from '../../../shared/model/s3-uri';
import type { AwsSession } from '../aws-session';
import { Slots } from './slots';
import { type FileUpload, uploadFile } from './upload-file';

interface SendFileOptions
  extends Pick<FileUpload, 'path' | 'sizeBytes' | 'modifiedAtMs' | 'onSent' | 'signal'> {
  readonly to: S3Place;
}

/** Parts that go on at the same time; each is held in memory. */
const partsAtOnce = 3;

/**
 * Puts a file of this computer into S3 in one go: what is broken off leaves nothing there.
 * @throws s3-file-not-read, s3-file-changed, cancelled, or what AWS said against it
 */
export async function sendFile(session: AwsSession, { to, ...file }: SendFileOptions): Promise<void> {
  const { bucket, key } = to;
  const begun: { uploadId: string | null } = { uploadId: null };
  const onUploadId = (uploadId: string | null): void => {
    begun.uploadId = uploadId;
  };
  try {
    const slots = new Slots(partsAtOnce);
    await uploadFile({ ...file, session, bucket, key, uploadId: null, onUploadId, slots });
  } catch (error) {
    const UploadId = begun.uploadId;
    // Why it ended counts more than whether its parts could be taken back.
    if (UploadId !== null)
      await session
        .call('s3.abortMultipartUpload', { Bucket: bucket, Key: key, UploadId })
        .catch(() => undefined);
    throw error;
  }
}
