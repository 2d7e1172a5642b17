import type { ErrorCode } from '../../shared/errors/error-codes';

/** What a proxy refused, in the words of its protocol; `details` is what it said. */
export class ProxyRefusal extends Error {
  constructor(
    readonly code: Extract<ErrorCode, `proxy-${string}`>,
    readonly details: readonly string[] = [],
  ) {
    super(code);
  }
}
