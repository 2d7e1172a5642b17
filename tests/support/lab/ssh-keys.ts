import { readFile, rm, writeFile } from 'node:fs/promises';
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
    /** Default: 2048 for rsa, 256 for ecdsa. */
    readonly bits?: number;
    readonly passphrase?: string;
    readonly format?: 'PEM' | 'PKCS8';
  } = {},
): Promise<SshKeyPair> {
  const type = options.type ?? 'ed25519';
  const size = options.bits ?? (type === 'rsa' ? 2048 : undefined);
  const bits = size === undefined ? [] : ['-b', String(size)];
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

export interface PuttyOptions {
  readonly version: 2 | 3;
  readonly passphrase?: string;
  readonly kdf?: 'argon2id' | 'argon2i' | 'argon2d';
  /** Takes as much time as PuTTY's defaults do; else next to none. */
  readonly isAsHardAsUsual?: boolean;
}

/** Writes the key at `path`, which has no passphrase, as `<path>.ppk` with PuTTY's own tool; returns that path. */
export async function toPuttyKey(
  path: string,
  { version, passphrase, kdf, isAsHardAsUsual }: PuttyOptions,
): Promise<string> {
  const ppkPath = `${path}.ppk`;
  const passphrasePath = `${path}.passphrase`;
  await writeFile(passphrasePath, passphrase ?? '', { mode: 0o600 });
  const params = [
    `version=${version}`,
    ...(kdf === undefined ? [] : [`kdf=${kdf}`]),
    ...(isAsHardAsUsual ? [] : ['memory=256', 'passes=2', 'parallelism=2']),
  ].join(',');
  await runCommand('puttygen', [
    ...[path, '-O', 'private', '-o', ppkPath, '--ppk-param', params],
    ...['--new-passphrase', passphrasePath],
  ]);
  await rm(passphrasePath);
  return ppkPath;
}
