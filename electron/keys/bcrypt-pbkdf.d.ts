declare module 'bcrypt-pbkdf' {
  /** Fills `key` from a passphrase (bcrypt_pbkdf of OpenBSD); not 0 when an argument can't be used. */
  export function pbkdf(
    passphrase: Uint8Array,
    passphraseBytes: number,
    salt: Uint8Array,
    saltBytes: number,
    key: Uint8Array,
    keyBytes: number,
    rounds: number,
  ): number;
}
