import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { s3NameOf } from '../../../shared/model/s3';
import type { S3Preview } from '../../../shared/model/s3-preview';
import type { S3Browser } from '../../aws/s3/s3-browser';
import type { S3Transfers } from '../../aws/s3/transfers';

interface S3HandlersDependencies {
  readonly browser: S3Browser;
  readonly transfers: S3Transfers;
  readonly preview: (accountId: AwsAccountId, bucket: string, key: string) => Promise<S3Preview>;
  /** These three answer with null when the user cancels. */
  readonly askWhatToUpload: (kind: 'files' | 'folder') => Promise<readonly string[] | null>;
  readonly askWhereToSave: (suggestedName: string) => Promise<string | null>;
  readonly askFolder: () => Promise<string | null>;
  readonly showInFolder: (path: string) => void;
  /** To the clipboard. */
  readonly copyText: (text: string) => void;
}

/** Transfers go on after the answer: progress and failure are in their list. */
export function s3Handlers(deps: S3HandlersDependencies): HandlersOf<AppContract>['s3'] {
  const { browser, transfers } = deps;
  return {
    buckets: ({ accountId, cursor }) => browser.buckets(accountId, cursor),
    list: ({ accountId, cursor, ...place }) => browser.list(accountId, place, cursor),
    count: ({ accountId, bucket, keys, most }) => browser.count(accountId, bucket, keys, most),
    delete: ({ accountId, bucket, keys }) => browser.delete(accountId, bucket, keys),
    copyLink: async ({ accountId, bucket, key, forSeconds }) => {
      deps.copyText(await browser.link(accountId, bucket, key, forSeconds));
    },
    preview: ({ accountId, bucket, key }) => deps.preview(accountId, bucket, key),
    transfers: () => transfers.list(),
    chooseUpload: ({ kind }) => deps.askWhatToUpload(kind),
    upload: ({ accountId, bucket, folder, paths, replaces }) =>
      transfers.upload(accountId, { bucket, folder }, paths, replaces),
    download: async ({ accountId, bucket, folder, keys }) => {
      const [only = ''] = keys;
      const isFile = keys.length === 1 && !only.endsWith('/');
      const path = await (isFile ? deps.askWhereToSave(s3NameOf(only)) : deps.askFolder());
      if (path !== null) await transfers.download(accountId, { bucket, folder }, keys, path);
    },
    pause: ({ transferId }) => transfers.pause(transferId),
    resume: ({ transferId }) => transfers.resume(transferId),
    remove: ({ transferId }) => transfers.remove(transferId),
    showInFolder: ({ transferId }) => {
      const path = transfers.placeOf(transferId);
      if (path !== null) deps.showInFolder(path);
    },
  };
}
