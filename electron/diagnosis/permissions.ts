import type { Finding } from '../../shared/model/diagnosis-finding';
import { factOf, type RemoteFact } from '../jupyter/remote-script';
import { fingerprintOf, keyTypeOf } from '../trust/public-key';

interface Entry {
  readonly path: string;
  /** As `ls -l` prints it, e.g. `drwxrwxr-x`. */
  readonly mode: string;
  readonly ownerId: string;
}

/**
 * Why sshd does not take the keys whose fingerprints are `tried`, told by the files on the machine: null when there
 * is no authorized_keys to tell by. Mirrors what sshd checks with StrictModes (auth.c, auth_secure_path).
 */
export function permissionsFinding(
  facts: readonly RemoteFact[],
  tried: readonly string[],
  params: Finding['params'],
): Finding {
  const home = factOf(facts, 'home') ?? '~';
  const user = factOf(facts, 'user') ?? '';
  const ownId = factOf(facts, 'uid') ?? '';
  const entries = facts.filter(({ name }) => name === 'entry').map(({ value }) => entryOf(value));
  const commands = entries.flatMap((entry) => mendingCommands(entry, home, user, ownId));
  const path = `${home}/.ssh/authorized_keys`;
  if (commands.length > 0) {
    const wrong = entries.filter((entry) => mendingCommands(entry, home, user, ownId).length > 0);
    const paths = wrong.map((entry) => entry.path).join(', ');
    const quotes = wrong.map((entry) => `${entry.mode} ${entry.path}`);
    return { code: 'permissions-wrong', params: { ...params, paths }, quotes, commands };
  }
  const listed = facts.filter(({ name }) => name === 'key').flatMap(({ value }) => fingerprintsIn(value));
  if (tried.length > 0 && !tried.some((fingerprint) => listed.includes(fingerprint)))
    return { code: 'key-not-listed', params: { ...params, path }, quotes: [], commands: [] };
  return { code: 'permissions-fine', params, quotes: [], commands: [] };
}

function entryOf(value: string): Entry {
  const [mode = '', ownerId = '', ...path] = value.split(' ');
  return { mode, ownerId, path: path.join(' ') };
}

/** The lines that make an entry as sshd wants it; none when it is. */
function mendingCommands(
  { path, mode, ownerId }: Entry,
  home: string,
  user: string,
  ownId: string,
): readonly string[] {
  const isWritableByOthers = mode[5] === 'w' || mode[8] === 'w';
  const name = path === home ? '~' : `~${path.slice(home.length)}`;
  const wanted = path === home ? 'go-w' : path.endsWith('/.ssh') ? '700' : '600';
  return [
    ...(ownerId !== ownId && ownerId !== '0' ? [`sudo chown ${user} ${name}`] : []),
    ...(isWritableByOthers ? [`chmod ${wanted} ${name}`] : []),
  ];
}

/** Fingerprints of what may be keys in a line of authorized_keys, whose options may hold anything. */
function fingerprintsIn(line: string): readonly string[] {
  return line
    .split(/\s+/)
    .filter((word) => word.startsWith('AAAA'))
    .map((word) => Buffer.from(word, 'base64'))
    .filter((blob) => keyTypeOf(blob) !== null)
    .map(fingerprintOf);
}
