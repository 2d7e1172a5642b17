import type { Transport } from '../../../connection/transport';
import { documentEnd } from '../../../jupyter/document-end';
import { readFacts, scriptInput } from '../../../jupyter/remote-script';
import type { FileState } from './fetch-archive';
import reader from './remote/reader.sh?raw';

/**
 * What files of a machine are now, by their paths; those that are gone are missing.
 * @throws AppError why the connection failed
 */
export async function readFileStates(
  transport: Transport,
  paths: readonly string[],
  random: (sizeBytes: number) => Buffer,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FileState>> {
  if (paths.length === 0) return new Map();
  const mark = `nuvem${random(12).toString('hex')}`;
  const list = paths.join('\n');
  const end = documentEnd(mark, list);
  const command = `xargs -d '\\n' $as stat -c "$mark state %s %Y %n" 2>/dev/null`;
  const text = `${reader}\n${command} <<'${end}'\n${list}\n${end}\n`;
  const { stdout } = await transport.exec('sh -s', {
    stdin: scriptInput({ text, values: {} }, mark),
    signal,
  });
  const states = readFacts(stdout, mark).flatMap(({ name, value }) => {
    const [, size, seconds, path] = /^(\d+) (-?\d+) (.+)$/s.exec(value) ?? [];
    if (name !== 'state' || path === undefined) return [];
    const state = { sizeBytes: Number(size), modifiedAtSeconds: Number(seconds) };
    return [[path, state] as const];
  });
  return new Map(states);
}
