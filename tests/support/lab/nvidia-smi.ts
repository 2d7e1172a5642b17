import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts a stand-in for nvidia-smi into a folder, for test computers have no such GPU: it answers the documented query
 * (`nvidia-smi --help-query-gpu`) with these lines, and refuses every other. `hangs`: as with a broken driver, it
 * never answers.
 */
export async function installNvidiaSmi(folder: string, lines: readonly string[] | 'hangs'): Promise<void> {
  const query = '--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu';
  const script = `#!/bin/sh
# A stand-in for nvidia-smi, made by Nuvem's tests.
[ "$*" = '${query} --format=csv,noheader,nounits' ] || { echo 'Invalid combination of input arguments.'; exit 6; }
${lines === 'hangs' ? 'exec sleep 600' : lines.map((line) => `echo '${line}'`).join('\n')}
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'nvidia-smi'), script);
  await chmod(join(folder, 'nvidia-smi'), 0o755);
}
