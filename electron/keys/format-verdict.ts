/** What a private key file's outside tells, without its passphrase. */
export type KeyFormat =
  | { readonly kind: 'supported'; readonly isEncrypted: boolean }
  /** `format` is a name that people search for, e.g. `PPK 3, Argon2id`. */
  | { readonly kind: 'unsupported'; readonly format: string }
  /** Of a format that is read, but incomplete or altered. */
  | { readonly kind: 'damaged' };

export const unsupported = (format: string): KeyFormat => ({ kind: 'unsupported', format });
