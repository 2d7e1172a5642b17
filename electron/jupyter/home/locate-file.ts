import { posix } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import type { Transport } from '../../connection/transport';
import { factOf, runRemoteScript } from '../remote-script';
import locateScript from './remote/locate.sh?raw';

/**
 * The path below `root`, the folder of a server, of what the user typed: an absolute path, one from the home folder
 * (`~/…`), or one from `root` on. That of a folder ends with `/`. Links are followed where that is what brings it below `root`.
 * @throws AppError `notebook-file-missing`, `notebook-file-outside`, `remote-shell-unsupported`, or why the
 *   connection failed
 */
export async function locateFile(
  transport: Transport,
  typed: string,
  root: string,
  random: (sizeBytes: number) => Buffer,
): Promise<string> {
  const script = { text: locateScript, values: { path: typed, root } };
  const facts = await runRemoteScript(transport, script, random, { timeoutMs: 15_000 });
  const target = factOf(facts, 'target');
  if (target === undefined) throw new AppError('notebook-file-missing', { path: typed });
  const realRoot = factOf(facts, 'real-root') ?? '';
  const path = pathBelow(root, target) ?? pathBelow(realRoot, factOf(facts, 'real-target') ?? '');
  if (path === null) throw new AppError('notebook-file-outside', { path: typed, folder: root });
  return factOf(facts, 'folder') === undefined ? path : `${path}/`;
}

/** Null: it is not below that folder. */
function pathBelow(folder: string, path: string): string | null {
  const below = posix.relative(posix.resolve('/', folder), posix.resolve('/', path));
  return folder === '' || below === '' || below === '..' || below.startsWith('../') ? null : below;
}
