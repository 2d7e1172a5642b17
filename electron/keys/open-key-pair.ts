import type { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import { containerOf, keyFormatOf } from './key-format';
import type { KeyPair, ReadKeyPair } from './key-pair';

const largestKeyBytes = 64 * 1024;

/** A private key file of a format that is read. */
export interface ReadableKeyFile {
  readonly bytes: Buffer;
  readonly isEncrypted: boolean;
  readonly container: ReturnType<typeof containerOf>;
}

/** Reads a key file that is to be changed or converted. @throws key-open-failed, key-not-understood, key-not-whole */
export async function readReadableKey(
  path: string,
  fs: { readonly readFile: typeof readFile },
): Promise<ReadableKeyFile> {
  let bytes: Buffer;
  try {
    bytes = await fs.readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppError('key-open-failed', { path, reason }, { cause: error });
  }
  const format =
    bytes.length > largestKeyBytes ? ({ kind: 'unsupported', format: '' } as const) : keyFormatOf(bytes);
  if (format.kind === 'unsupported')
    throw new AppError('key-not-understood', { path, format: format.format });
  if (format.kind === 'damaged') throw new AppError('key-not-whole', { path });
  return { bytes, isEncrypted: format.isEncrypted, container: containerOf(bytes) };
}

/** @throws key-passphrase-wrong, key-not-understood, key-not-whole */
export async function openKeyPair(
  path: string,
  file: Pick<ReadableKeyFile, 'bytes' | 'isEncrypted'>,
  passphrase: string,
  readKeyPair: ReadKeyPair,
): Promise<KeyPair> {
  const opened = await readKeyPair(file.bytes, file.isEncrypted ? passphrase : null);
  switch (opened) {
    case 'wrongPassphrase':
      throw new AppError('key-passphrase-wrong', { path });
    case 'unsupported':
      throw new AppError('key-not-understood', { path, format: '' });
    case 'damaged':
      throw new AppError('key-not-whole', { path });
    default:
      return opened;
  }
}
