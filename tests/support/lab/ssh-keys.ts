import { readFile } from 'node:fs/promises';
import { runCommand } from './run-command';

export type SshKeyType = 'ed25519' | 'ecdsa' | 'rsa';

export interface SshKeyPair {
  readonly path: string;
  readonly publicKeyPath: string;
  /** `<type> <base64>` without the comment. */
  readonly publicKey: string;
  /** `SHA256:...` as OpenSSH prints it. */
  readonly fingerprint: string;
}

/** Makes a key pair with OpenSSH's own tool at `path` and `path.pub`. */
export async function makeKeyPair(
  path: string,
  options: {
    readonly type?: SshKeyType;
    readonly passphrase?: string;
    readonly format?: 'PEM' | 'PKCS8';
  } = {},
): Promise<SshKeyPair> {
  const type = options.type ?? 'ed25519';
  const bits = type === 'rsa' ? ['-b', '2048'] : [];
  const format = options.format === undefined ? [] : ['-m', options.format];
  await runCommand('ssh-keygen', [
    ...['-q', '-t', type, ...bits, ...format, '-C', 'nuvem-lab', '-N', options.passphrase ?? '', '-f', path],
  ]);
  const publicKeyPath = `${path}.pub`;
  const [keyType, blob] = (await readFile(publicKeyPath, 'utf8')).split(' ');
  const [, fingerprint] = (await runCommand('ssh-keygen', ['-l', '-f', publicKeyPath])).split(' ');
  if (keyType === undefined || blob === undefined || fingerprint === undefined) {
    throw new Error(`ssh-keygen wrote an unexpected ${publicKeyPath}`);
  }
  return { path, publicKeyPath, publicKey: `${keyType} ${blob}`, fingerprint };
}
