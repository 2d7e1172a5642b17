import type { Dirent } from 'node:fs';

/** What is used of `node:fs/promises`. */
export interface ProcFiles {
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string, options: { withFileTypes: true }): Promise<Dirent[]>;
  readlink(path: string): Promise<string>;
}

export interface PortOwner {
  readonly name: string;
  readonly processId: number;
}

const listenState = '0A';

/**
 * Which process listens on a TCP port of this computer, from /proc (proc(5)). Null where the system has no
 * /proc, or does not let this user see.
 */
export async function findPortOwner(port: number, files: ProcFiles): Promise<PortOwner | null> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await files.readFile(table, 'utf8').catch(() => '');
    for (const inode of listeningInodes(text, port)) inodes.add(`socket:[${inode}]`);
  }
  if (inodes.size === 0) return null;
  const entries = await files.readdir('/proc', { withFileTypes: true }).catch(() => []);
  for (const { name } of entries) {
    if (/^\d+$/.test(name) && (await holds(name, inodes, files)))
      return { name: await nameOf(name, files), processId: Number(name) };
  }
  return null;
}

/** The inodes of the sockets that listen on `port`, from the text of /proc/net/tcp. */
export function listeningInodes(table: string, port: number): readonly string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === listenState && inode !== undefined && local?.endsWith(wanted) ? [inode] : [];
  });
}

async function holds(pid: string, sockets: ReadonlySet<string>, files: ProcFiles): Promise<boolean> {
  // Other users' processes can't be looked into, and any may end meanwhile.
  const descriptors = await files.readdir(`/proc/${pid}/fd`, { withFileTypes: true }).catch(() => []);
  for (const { name } of descriptors) {
    if (sockets.has(await files.readlink(`/proc/${pid}/fd/${name}`).catch(() => ''))) return true;
  }
  return false;
}

async function nameOf(pid: string, files: ProcFiles): Promise<string> {
  return (await files.readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}
