import { safeStorage } from 'electron';
import type { SecretCipher } from './secret-cipher';

/**
 * Electron's safeStorage as a cipher. Await it after the app is ready. Prefers the asynchronous calls, which
 * replace the others from Electron 46 on; both read what either wrote.
 */
export async function openSafeStorageCipher(platform: NodeJS.Platform): Promise<SecretCipher> {
  // Without a keyring Chromium "encrypts" with a password from its own source code.
  const isInTheOpen = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (typeof safeStorage.encryptStringAsync !== 'function') {
    const isAvailable = !isInTheOpen && safeStorage.isEncryptionAvailable();
    return {
      isAvailable: () => isAvailable,
      encrypt: (secret) => safeStorage.encryptString(secret),
      decrypt: (ciphertext) => safeStorage.decryptString(ciphertext),
    };
  }
  const isAvailable = !isInTheOpen && (await safeStorage.isAsyncEncryptionAvailable());
  return {
    isAvailable: () => isAvailable,
    encrypt: (secret) => safeStorage.encryptStringAsync(secret),
    decrypt: async (ciphertext) => (await safeStorage.decryptStringAsync(ciphertext)).result,
  };
}
