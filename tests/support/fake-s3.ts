import type { AppContract } from '../../shared/contract/contract';
import type { HandlersOf } from '../../shared/contract/define-contract';
import type { ErrorReport } from '../../shared/errors/app-error';
import { AppError } from '../../shared/errors/app-error';
import type { S3Bucket, S3Entry } from '../../shared/model/s3';
import type { S3Preview } from '../../shared/model/s3-preview';
import type { S3Transfer, S3TransferList } from '../../shared/model/s3-transfer';

/** Stands in for S3: what a test puts in is there, in every bucket. */
export class FakeS3 {
  buckets: readonly S3Bucket[] = [];
  entries: readonly S3Entry[] = [];
  preview: S3Preview = { kind: 'binary' };
  /** Why nothing can be had. */
  refusal: ErrorReport | null = null;
  #transfers: readonly S3Transfer[] = [];
  #revision = 0;

  constructor(private readonly tell: (list: S3TransferList) => void) {}

  setTransfers(transfers: readonly S3Transfer[]): void {
    this.#transfers = transfers;
    this.#revision += 1;
    this.tell(this.#list());
  }

  handlers(): HandlersOf<AppContract>['s3'] {
    return {
      buckets: () => {
        this.#refuse();
        return { buckets: this.buckets, cursor: null };
      },
      list: ({ folder, nameStart }) => {
        this.#refuse();
        return {
          entries: this.entries.filter(({ key }) => key.startsWith(folder + nameStart)),
          cursor: null,
        };
      },
      count: ({ keys, most }) => Math.min(keys.length * 42, most),
      delete: () => undefined,
      copyLink: () => undefined,
      preview: () => this.preview,
      transfers: () => this.#list(),
      chooseUpload: () => ['/home/ana/data.csv'],
      upload: ({ replaces }) => {
        if (!replaces) throw new AppError('s3-would-replace', { count: 1, names: 'data.csv' });
      },
      download: () => undefined,
      pause: () => undefined,
      resume: () => undefined,
      remove: ({ transferId }) => this.setTransfers(this.#transfers.filter(({ id }) => id !== transferId)),
      showInFolder: () => undefined,
    };
  }

  #list(): S3TransferList {
    return { revision: this.#revision, transfers: this.#transfers };
  }

  #refuse(): void {
    if (this.refusal) throw new AppError(this.refusal.code, this.refusal.params);
  }
}
