import { readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

/** A folder that young may belong to an app that is just starting and does not listen yet. */
const graceMs = 60_000;

interface LeftoverOptions {
  /** Where the folders are. */
  readonly parent: string;
  /** Their names begin with this. */
  readonly prefix: string;
  readonly userId: number;
  readonly nowMs: number;
}

/**
 * Removes the socket folders of apps that were killed: this user's own ones, in which nobody listens. One that can't
 * be looked at or removed stays. Rejects when `parent` can't be read.
 */
export async function removeLeftoverFolders({
  parent,
  prefix,
  userId,
  nowMs,
}: LeftoverOptions): Promise<void> {
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    // A link of that name is not ours, whoever made it.
    if (!entry.isDirectory() || !entry.name.startsWith(prefix)) continue;
    const folder = join(parent, entry.name);
    // Another app that starts now may have removed it already.
    const facts = await stat(folder).catch(() => null);
    if (facts === null || facts.uid !== userId || nowMs - facts.mtimeMs < graceMs) continue;
    if (await isListening(join(folder, 'socket'))) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      // Full, or not to be looked at: somebody is there.
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}
