import type { ImportRemark } from '../../../../shared/model/import-plan';
import { remark } from '../complete-plan';
import { parseRegistryFile } from '../registry-file';
import { type PuttyHostKey, parsePuttyHostKey } from './putty-host-keys';
import { decodePuttyName, type PuttySession } from './putty-settings';

/** All that PuTTY keeps, as far as it matters here. */
export interface PuttyData {
  readonly sessions: readonly PuttySession[];
  readonly hostKeys: readonly PuttyHostKey[];
  readonly remarks: readonly ImportRemark[];
}

const rootPath = /^[^\\]+\\software\\(?:[^\\]+\\)*(?:putty|kitty)\\(?:sessions\\([^\\]+)|sshhostkeys)$/i;

/** PuTTY's part of an exported Windows registry, wherever in it that lies; KiTTY keeps its own alike. @throws import-file-damaged */
export function readPuttyRegistry(text: string, path: string): PuttyData {
  const { keys, unreadableLines } = parseRegistryFile(text, path);
  const sessions: PuttySession[] = [];
  const hostKeys: PuttyHostKey[] = [];
  for (const { path: keyPath, line, values } of keys) {
    const match = rootPath.exec(keyPath);
    if (match === null) continue;
    const escapedName = match[1];
    if (escapedName !== undefined)
      sessions.push({ name: decodePuttyName(escapedName), line, settings: values });
    else {
      for (const [name, value] of values) {
        const hostKey = parsePuttyHostKey(name, String(value));
        if (hostKey !== null) hostKeys.push(hostKey);
      }
    }
  }
  return {
    sessions,
    hostKeys,
    remarks: unreadableLines.map((line) => remark('line-unreadable', { line }, line)),
  };
}
