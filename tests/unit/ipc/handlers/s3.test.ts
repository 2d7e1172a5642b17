import { expect, it } from 'vitest';
import type { AwsSession } from '../../../../electron/aws/aws-session';
import { S3Browser } from '../../../../electron/aws/s3/s3-browser';
import type { S3Transfers } from '../../../../electron/aws/s3/transfers';
import { s3Handlers } from '../../../../electron/ipc/handlers/s3';
import { contract } from '../../../../shared/contract/contract';
import type { AwsAccountId } from '../../../../shared/model/aws-account';

const address = 'https://lab.s3.amazonaws.com/a.csv?X-Amz-Signature=0';
const accountId = 'f3b9a7de-0a3e-4f6f-9a55-2b4d7c0f8a11' as AwsAccountId;

it('an address for others goes to the clipboard, and the window gets no more than that it did', async () => {
  const copied: string[] = [];
  const session: Pick<AwsSession, 'presign'> = { presign: async () => address };
  const { copyLink } = s3Handlers({
    browser: new S3Browser({ session: async () => session as AwsSession, keysAtOnce: 10 }),
    transfers: {} as S3Transfers,
    preview: () => Promise.reject(new Error('not asked for')),
    askWhatToUpload: async () => null,
    askWhereToSave: async () => null,
    askFolder: async () => null,
    showInFolder: () => undefined,
    copyText: (text) => copied.push(text),
  });
  const answer = await copyLink({ accountId, bucket: 'lab', key: 'a.csv', forSeconds: 600 });
  expect(copied).toEqual([address]);
  expect(answer).toBeUndefined();
  expect(contract.s3.copyLink.output.safeParse(address).success).toBe(false);
});
