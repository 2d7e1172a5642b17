import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { S3BucketPage, S3Entry, S3Page } from '../../../shared/model/s3';
import type { AwsSession } from '../aws-session';

interface S3BrowserDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  /** Of a page; S3 takes no more than 1000. */
  readonly keysAtOnce: number;
}

/** Looks into the buckets of an account, page by page, and deletes there. Every method throws what AWS said against it. */
export class S3Browser {
  constructor(private readonly deps: S3BrowserDependencies) {}

  async buckets(accountId: AwsAccountId, cursor: string | null): Promise<S3BucketPage> {
    const session = await this.deps.session(accountId);
    const answer = await session.call('s3.listBuckets', {
      MaxBuckets: this.deps.keysAtOnce,
      ...(cursor === null ? {} : { ContinuationToken: cursor }),
    });
    return {
      buckets: (answer.Buckets ?? []).map(({ Name = '', BucketRegion = '', CreationDate }) => ({
        name: Name,
        region: BucketRegion,
        createdAtMs: CreationDate?.getTime() ?? null,
      })),
      cursor: answer.ContinuationToken ?? null,
    };
  }

  /** What is in a folder, of which the names begin with `nameStart`; up to 1000 entries in the order of their keys. */
  async list(
    accountId: AwsAccountId,
    { bucket, folder, nameStart }: { bucket: string; folder: string; nameStart: string },
    cursor: string | null,
  ): Promise<S3Page> {
    const session = await this.deps.session(accountId);
    const answer = await session.call('s3.listObjects', {
      Bucket: bucket,
      Prefix: folder + nameStart,
      Delimiter: '/',
      MaxKeys: this.deps.keysAtOnce,
      ...(cursor === null ? {} : { ContinuationToken: cursor }),
    });
    const folders: S3Entry[] = (answer.CommonPrefixes ?? []).map(({ Prefix = '' }) => ({
      kind: 'folder',
      key: Prefix,
    }));
    const objects: S3Entry[] = (answer.Contents ?? [])
      // An object of the folder's own name only makes it appear while nothing is in it.
      .filter(({ Key }) => Key !== folder)
      .map(({ Key = '', Size = 0, LastModified, StorageClass = 'STANDARD' }) => ({
        kind: 'object',
        key: Key,
        sizeBytes: Size,
        modifiedAtMs: LastModified?.getTime() ?? null,
        storageClass: StorageClass,
      }));
    return { entries: [...folders, ...objects], cursor: answer.NextContinuationToken ?? null };
  }

  /** How many objects `delete` of these would delete; counts no further than `most`. */
  async count(
    accountId: AwsAccountId,
    bucket: string,
    keys: readonly string[],
    most: number,
  ): Promise<number> {
    const session = await this.deps.session(accountId);
    let count = 0;
    for (const key of keys) {
      if (!key.endsWith('/')) count += 1;
      else
        for await (const page of this.#keysUnder(session, bucket, key)) {
          count += page.length;
          if (count > most) break;
        }
      if (count > most) break;
    }
    return Math.min(count, most);
  }

  /**
   * Deletes objects, and folders (keys with a slash at the end) with all that is in them.
   * @throws s3-not-deleted when S3 refused some; the others are gone then
   */
  async delete(accountId: AwsAccountId, bucket: string, keys: readonly string[]): Promise<void> {
    const session = await this.deps.session(accountId);
    const objects = keys.filter((key) => !key.endsWith('/'));
    const { keysAtOnce } = this.deps;
    for (let from = 0; from < objects.length; from += keysAtOnce)
      await deletePage(session, bucket, objects.slice(from, from + keysAtOnce));
    for (const folder of keys.filter((key) => key.endsWith('/')))
      for await (const page of this.#keysUnder(session, bucket, folder))
        await deletePage(session, bucket, page);
  }

  /** An address by which whoever has it gets the object for so long. */
  async link(accountId: AwsAccountId, bucket: string, key: string, forSeconds: number): Promise<string> {
    return (await this.deps.session(accountId)).presign(bucket, key, forSeconds);
  }

  /** Each page is asked for when the one before it was used: what was deleted meanwhile does not move the cursor. */
  async *#keysUnder(session: AwsSession, bucket: string, folder: string): AsyncGenerator<readonly string[]> {
    let cursor: string | undefined;
    do {
      const page = await session.call('s3.listObjects', {
        Bucket: bucket,
        Prefix: folder,
        MaxKeys: this.deps.keysAtOnce,
        ...(cursor === undefined ? {} : { ContinuationToken: cursor }),
      });
      yield (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
      cursor = page.NextContinuationToken;
    } while (cursor !== undefined);
  }
}

async function deletePage(session: AwsSession, bucket: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const { Errors = [] } = await session.call('s3.deleteObjects', {
    Bucket: bucket,
    Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
  });
  const [first] = Errors;
  if (first !== undefined)
    throw new AppError('s3-not-deleted', {
      count: Errors.length,
      key: first.Key ?? '',
      reason: first.Code ?? '',
    });
}
