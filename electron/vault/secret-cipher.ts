/** Encryption by a key that the operating system keeps for this user. */
export interface SecretCipher {
  /** False: no keyring, or one that would keep the key in the open. */
  isAvailable(): boolean;
  /** Rejects or throws when the keyring refuses. */
  encrypt(secret: string): Promise<Buffer> | Buffer;
  /** Rejects or throws when this keyring did not make the ciphertext. */
  decrypt(ciphertext: Buffer): Promise<string> | string;
}
