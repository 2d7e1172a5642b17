import { usableKeyTypes } from '../trust/public-key';
import { type KeyFormat, unsupported } from './format-verdict';

/** A PuTTY private key file (PPK), version 2 or 3, not yet opened. Format: appendix C of PuTTY's manual. */
export interface PuttyKeyFile {
  readonly version: 2 | 3;
  readonly keyType: string;
  readonly encryption: string;
  readonly comment: Buffer;
  readonly publicBlob: Buffer;
  readonly privateBlob: Buffer;
  readonly mac: Buffer;
  /** Null: version 2, or no passphrase. */
  readonly argon2: Argon2 | null;
}

export interface Argon2 {
  readonly flavour: 'Argon2id' | 'Argon2i' | 'Argon2d';
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
}

const flavours = ['Argon2id', 'Argon2i', 'Argon2d'] as const;
/** PuTTYgen takes 8 MiB and a tenth of a second; a file that wants this much more is hostile or a mistake. */
const mostMemoryKib = 256 * 1024;
const mostWorkKib = 4 * 1024 * 1024;
export const puttyCipherBlockBytes = 16;

/** Null when a line is missing or a number is none. */
export function parsePuttyKey(text: string): PuttyKeyFile | null {
  const lines = text.trim().split(/\r\n|\r|\n/);
  const values = new Map<string, string>();
  for (let at = 0; at < lines.length; at += 1) {
    const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(lines[at] ?? '') ?? [];
    if (name.endsWith('-Lines')) {
      const count = Number(value);
      if (!Number.isInteger(count) || count < 0 || at + count >= lines.length) return null;
      values.set(name, lines.slice(at + 1, at + 1 + count).join(''));
      at += count;
    } else {
      values.set(name, value);
    }
  }
  const version = values.has('PuTTY-User-Key-File-3') ? 3 : 2;
  const keyType = values.get(`PuTTY-User-Key-File-${version}`);
  const encryption = values.get('Encryption');
  const comment = values.get('Comment');
  const publicLines = values.get('Public-Lines');
  const privateLines = values.get('Private-Lines');
  const mac = values.get('Private-MAC');
  const argon2 = values.has('Key-Derivation') ? parseArgon2(values) : null;
  if (keyType === undefined || encryption === undefined || comment === undefined) return null;
  if (publicLines === undefined || privateLines === undefined || mac === undefined) return null;
  if (version === 3 && encryption !== 'none' && argon2 === null) return null;
  return {
    ...{ version, keyType, encryption, argon2 },
    comment: Buffer.from(comment, 'latin1'),
    publicBlob: Buffer.from(publicLines, 'base64'),
    privateBlob: Buffer.from(privateLines, 'base64'),
    mac: Buffer.from(mac, 'hex'),
  };
}

function parseArgon2(values: ReadonlyMap<string, string>): Argon2 | null {
  const [memoryKib, passes, lanes] = ['Argon2-Memory', 'Argon2-Passes', 'Argon2-Parallelism'].map((name) =>
    Number(values.get(name)),
  ) as [number, number, number];
  const flavour = flavours.find((known) => known === values.get('Key-Derivation'));
  const salt = Buffer.from(values.get('Argon2-Salt') ?? '', 'hex');
  const isValid = [memoryKib, passes, lanes].every((number) => Number.isInteger(number) && number > 0);
  if (flavour === undefined || !isValid || memoryKib < 8 * lanes || salt.length < 8) return null;
  return { flavour, memoryKib, passes, lanes, salt };
}

/** What the outside of a PPK tells. */
export function puttyFormat(text: string): KeyFormat {
  const [, version = '', keyType = ''] = /^PuTTY-User-Key-File-(\d+): (\S+)/.exec(text) ?? [];
  const isUsable = (usableKeyTypes as readonly string[]).includes(keyType);
  if ((version !== '2' && version !== '3') || !isUsable)
    return unsupported(`PuTTY key (PPK ${version}, ${keyType})`);
  const key = parsePuttyKey(text);
  if (key === null) return { kind: 'damaged' };
  const { encryption, argon2, privateBlob } = key;
  if (encryption === 'none') return { kind: 'supported', isEncrypted: false };
  if (encryption !== 'aes256-cbc') return unsupported(`PPK ${version}, ${encryption}`);
  if (argon2 !== null && !isAffordable(argon2)) {
    const { flavour, memoryKib, passes } = argon2;
    return unsupported(`PPK ${version}, ${flavour}, ${memoryKib} KiB, ${passes} passes`);
  }
  return privateBlob.length > 0 && privateBlob.length % puttyCipherBlockBytes === 0
    ? { kind: 'supported', isEncrypted: true }
    : { kind: 'damaged' };
}

const isAffordable = ({ memoryKib, passes }: Argon2): boolean =>
  memoryKib <= mostMemoryKib && memoryKib * passes <= mostWorkKib;
