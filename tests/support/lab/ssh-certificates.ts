import { copyFile } from 'node:fs/promises';
import { runCommand } from './run-command';
import type { SshKeyPair } from './ssh-keys';

export interface CertificateOptions {
  readonly keyId?: string;
  readonly principals?: readonly string[];
  /** As `ssh-keygen -V` takes it; default: for ever. */
  readonly validity?: string;
  readonly isForHosts?: boolean;
}

/** Certifies a key with OpenSSH's own tool; resolves with the path of the certificate, `<key>-cert.pub`. */
export async function certify(
  authority: SshKeyPair,
  key: SshKeyPair,
  {
    keyId = 'lab',
    principals = [],
    validity = 'always:forever',
    isForHosts = false,
  }: CertificateOptions = {},
): Promise<string> {
  await runCommand('ssh-keygen', [
    ...['-q', '-s', authority.path, '-I', keyId, '-V', validity],
    ...(isForHosts ? ['-h'] : []),
    ...(principals.length === 0 ? [] : ['-n', principals.join(',')]),
    key.publicKeyPath,
  ]);
  return `${key.path}-cert.pub`;
}

/** Copies a certificate to where OpenSSH looks for that of another key. */
export const putBeside = (certificatePath: string, keyPath: string): Promise<void> =>
  copyFile(certificatePath, `${keyPath}-cert.pub`);
