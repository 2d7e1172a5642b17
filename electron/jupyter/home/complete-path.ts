import type { Transport } from '../../connection/transport';
import { runRemoteScript } from '../remote-script';
import completeScript from './remote/complete.sh?raw';

const entriesAtMost = 50;

/**
 * How what the user began to type may go on, as they would type it: files and folders of the machine, a folder with `/`
 * at its end, at most 50. `root` is the server's folder, from which a path counts that begins with neither `/` nor `~/`.
 * @throws AppError `remote-shell-unsupported`, or why the connection failed
 */
export async function completePath(
  transport: Transport,
  typed: string,
  root: string,
  random: (sizeBytes: number) => Buffer,
): Promise<readonly string[]> {
  if (typed === '~') return ['~/'];
  const values = { path: typed, root, limit: String(entriesAtMost) };
  const facts = await runRemoteScript(transport, { text: completeScript, values }, random, {
    timeoutMs: 10_000,
  });
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  return facts.filter(({ name }) => name === 'entry').map(({ value }) => `${folder}${value}`);
}
