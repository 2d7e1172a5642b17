import type { SigningKey } from './signing-key';

/** A key that is made for one login and never written down. */
export interface OneTimeKey {
  readonly key: SigningKey;
  /** Its public half, as a line of `authorized_keys`. */
  readonly authorizedKey: string;
}

export type MakeOneTimeKey = () => Promise<OneTimeKey>;
