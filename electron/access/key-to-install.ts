import { AppError } from '../../shared/errors/app-error';
import type { Machine } from '../../shared/model/machine';
import type { KeyFolder } from '../keys/key-folder';
import type { Credential, ProveIdentity } from '../keys/prove-identity';
import type { RememberedPassphrases } from '../keys/remembered-passphrases';
import { parseKeyLine } from './authorized-keys';

/** A private key of the user's, opened, with the line that lets it in. */
export interface KeyToInstall {
  readonly path: string;
  readonly credential: Credential;
  readonly blob: Buffer;
  readonly fingerprint: string;
  /** For the file: one character a byte, without line end. */
  readonly line: string;
}

export interface OpenKeyDeps {
  readonly folder: KeyFolder;
  readonly machines: () => readonly Machine[];
  readonly proveIdentity: ProveIdentity;
  readonly remembered: RememberedPassphrases;
}

/**
 * Opens a listed key by the given passphrase, or by the remembered one when that is empty.
 * @throws key-file-not-found, key-not-understood, key-passphrase-wrong, and the errors of key files
 */
export function makeOpenKey(deps: OpenKeyDeps): (name: string, passphrase: string) => Promise<KeyToInstall> {
  return async (name, passphrase) => {
    const machines = deps.machines();
    const key = await deps.folder.find(name, machines);
    const { path, publicHalf } = key;
    const line = Buffer.from(publicHalf?.line ?? '').toString('latin1');
    const parsed = parseKeyLine(line);
    if (publicHalf === null || parsed.kind !== 'key')
      throw new AppError('key-not-understood', { path, format: '' });
    const remembered = passphrase === '' ? await deps.remembered.of(key, machines) : null;
    const credential = await deps.proveIdentity({ kind: 'keyFile', path }, async ({ wasWrong }) => {
      if (wasWrong) throw new AppError('key-passphrase-wrong', { path });
      return remembered ?? passphrase;
    });
    if (credential.kind !== 'privateKey') throw new AppError('internal');
    // A certificate beside the key could let it in where the list does not.
    const [own] = credential.keys.filter((signing) => signing.certificate === null);
    if (own === undefined) throw new AppError('key-not-understood', { path, format: '' });
    return {
      path,
      credential: { kind: 'privateKey', keys: [own] },
      blob: parsed.key.blob,
      fingerprint: publicHalf.fingerprint,
      line,
    };
  };
}
