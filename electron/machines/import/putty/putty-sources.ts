import type { ImportedHostKey, ImportPlan } from '../../../../shared/model/import-plan';
import { fingerprintOf, keyTypeOf } from '../../../trust/public-key';
import { completePlan } from '../complete-plan';
import type { FileSource, FoundSource } from '../import-sources';
import { isRegistryFile } from '../registry-file';
import { findPuttyFolder, type PuttyFs, readPuttyFolder } from './putty-folder';
import type { PuttyHostKey } from './putty-host-keys';
import { type PuttyData, readPuttyRegistry } from './putty-registry';
import { readPuttySessions } from './putty-session';

/** Exports of the Windows registry. */
export const puttyRegistryFile = (localUser: string): FileSource => ({
  recognises: isRegistryFile,
  read: (text, path) => planOf(readPuttyRegistry(text, path), path, localUser),
});

/** PuTTY's folder on Unix. */
export const puttyFolder = (
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  localUser: string,
  fs: PuttyFs,
): FoundSource => ({
  kind: 'putty',
  find: () => findPuttyFolder(environment, home, fs),
  read: async (location) => planOf(await readPuttyFolder(location, fs), location, localUser),
});

/** PuTTY's part of the registry of this Windows. */
export const puttyRegistry = (
  registry: {
    /** True when there is such a key. */
    has(key: string): Promise<boolean>;
    /** A key with all below it, as the registry editor exports it. @throws registry-unreadable */
    exportText(key: string): Promise<string>;
  },
  localUser: string,
): FoundSource => {
  const key = 'HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY';
  return {
    kind: 'putty',
    find: async () => ((await registry.has(`${key}\\Sessions`)) ? key : null),
    read: async (location) =>
      planOf(readPuttyRegistry(await registry.exportText(location), location), location, localUser),
  };
};

function planOf(data: PuttyData, location: string, localUser: string): ImportPlan {
  const { candidates, remarks } = readPuttySessions(data.sessions, localUser);
  return completePlan({ kind: 'putty', location }, candidates, [...remarks, ...data.remarks], {
    hostKeys: data.hostKeys.map(hostKeyOf),
  });
}

const hostKeyOf = ({ host, port, blob }: PuttyHostKey): ImportedHostKey => ({
  host,
  port,
  keyType: keyTypeOf(blob) ?? '',
  fingerprint: fingerprintOf(blob),
  blob: blob.toString('base64'),
});
