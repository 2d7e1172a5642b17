import type { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { keyFormatOf } from './key-format';
import type { ParsePrivateKey } from './private-key';
import type { SigningKey } from './signing-key';

export interface KeyFileDeps {
  readonly fs: { readonly readFile: typeof readFile };
  readonly homeFolder: string;
  readonly parsePrivateKey: ParsePrivateKey;
}

/** Asked for as often as the answer is wrong; rejects when the user gives up. */
export type AskPassphrase = (question: {
  readonly keyPath: string;
  readonly wasWrong: boolean;
}) => Promise<string>;

const largestKeyBytes = 1024 * 1024;

/**
 * Reads a private key file and opens it with its passphrase, which is asked for only if the key has one.
 * `~/` in the path is the home folder.
 * @throws key-file-not-found, key-file-unreadable, key-file-unsupported, key-file-of-security-key, key-file-damaged, and
 * what `askPassphrase` throws
 */
export async function loadKeyFile(
  path: string,
  askPassphrase: AskPassphrase,
  deps: KeyFileDeps,
): Promise<SigningKey> {
  const file = await readKeyFile(expandHome(path, deps.homeFolder), path, deps);
  const format = keyFormatOf(file);
  if (format.kind === 'unsupported') throw unsupported(path, format.format);
  if (format.kind === 'damaged') throw new AppError('key-file-damaged', { path });
  for (let wasWrong = false; ; wasWrong = true) {
    const passphrase = format.isEncrypted ? await askPassphrase({ keyPath: path, wasWrong }) : null;
    const key = await deps.parsePrivateKey(file, passphrase);
    if (key === 'damaged') throw new AppError('key-file-damaged', { path });
    if (key === 'unsupported') throw new AppError('key-file-unsupported', { path, format: '' });
    if (key !== 'wrongPassphrase') return key;
    if (!format.isEncrypted) throw new AppError('key-file-damaged', { path });
  }
}

/** The private half of a FIDO key stays in the hardware (PROTOCOL.u2f of OpenSSH): the file is but a handle for it. */
function unsupported(path: string, format: string): AppError {
  return format.startsWith('sk-')
    ? new AppError('key-file-of-security-key', { path })
    : new AppError('key-file-unsupported', { path, format });
}

async function readKeyFile(absolutePath: string, path: string, deps: KeyFileDeps): Promise<Buffer> {
  try {
    const file = await deps.fs.readFile(absolutePath);
    if (file.length > largestKeyBytes) throw new AppError('key-file-unsupported', { path, format: '' });
    return file;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    const isMissing = reason === 'ENOENT' || reason === 'ENOTDIR';
    throw new AppError(
      isMissing ? 'key-file-not-found' : 'key-file-unreadable',
      { path, reason },
      { cause: error },
    );
  }
}

/** `~` and `~/...` become paths in the home folder; other paths stay as they are. */
export function expandHome(path: string, homeFolder: string): string {
  return path === '~' || path.startsWith('~/') || path.startsWith('~\\')
    ? join(homeFolder, path.slice(1))
    : path;
}
