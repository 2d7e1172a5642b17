import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The user name and secret that every request to a gateway must bring (RFC 7617, `Basic`). Compared by digest
 * in constant time, so that neither length nor content can be guessed from how long a refusal takes.
 */
export class ProxyCredentials {
  readonly #expected: Buffer;

  constructor(
    readonly username: string,
    readonly password: string,
  ) {
    this.#expected = digest(`${username}:${password}`);
  }

  /** Judges the value of a `Proxy-Authorization` header. */
  accepts(header: string | undefined): boolean {
    const encoded = /^basic +([a-z0-9+/=]+)$/i.exec(header ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(Buffer.from(encoded, 'base64').toString('utf8')), this.#expected);
  }
}
