import { GetObjectCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ClientConfig } from './clients';

/**
 * The clients of S3. A bucket is asked at its own region, which S3 tells even to those who may not list it: what goes
 * to another region is sent twice, a part of an upload too.
 */
export class S3Clients {
  readonly #clients = new Map<string, S3Client>();
  readonly #regions = new Map<string, Promise<string>>();

  constructor(private readonly config: ClientConfig & { readonly forcePathStyle: boolean }) {}

  /** The client for a bucket; null: for what is about none. @throws the system's error when nobody answers */
  async of(bucket: string | null | undefined): Promise<S3Client> {
    return this.#at(bucket ? await this.#regionOf(bucket) : '');
  }

  /** An address by which whoever has it gets the object until `expiresInSeconds` from now, or the credentials end. */
  async presign(bucket: string, key: string, expiresInSeconds: number): Promise<string> {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    return getSignedUrl(await this.of(bucket), command, { expiresIn: expiresInSeconds });
  }

  #at(region: string): S3Client {
    const client =
      this.#clients.get(region) ??
      new S3Client({
        ...this.config,
        ...(region === '' ? {} : { region }),
        followRegionRedirects: true,
      });
    this.#clients.set(region, client);
    return client;
  }

  /** Empty: that of the account. */
  #regionOf(bucket: string): Promise<string> {
    const asked = this.#regions.get(bucket) ?? this.#askRegion(bucket);
    this.#regions.set(bucket, asked);
    asked.catch(() => this.#regions.delete(bucket));
    return asked;
  }

  async #askRegion(bucket: string): Promise<string> {
    try {
      return (await this.#at('').send(new HeadBucketCommand({ Bucket: bucket }))).BucketRegion ?? '';
    } catch (error) {
      const { $response } = error as { $response?: { headers?: Record<string, string> } };
      if ($response === undefined) throw error;
      return $response.headers?.['x-amz-bucket-region'] ?? '';
    }
  }
}
