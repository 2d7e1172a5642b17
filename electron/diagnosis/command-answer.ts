import type { Finding } from '../../shared/model/diagnosis-finding';
import { redactSecrets } from '../../shared/util/redact-secrets';
import type { ExecResult } from '../connection/transport';

const quotedLines = 12;

/** A word that nothing on a machine prints by itself. */
export const mark = (random: (sizeBytes: number) => Buffer): string => `nuvem${random(12).toString('hex')}`;

/** What the answer to `echo <word>` tells about what runs when one signs in; null: the shell does as told. */
export function commandFinding(result: ExecResult, word: string, params: Finding['params']): Finding | null {
  const lines = result.stdout.split(/\r?\n/);
  const said = [...lines, ...result.stderr.split(/\r?\n/)]
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && line !== word)
    .slice(0, quotedLines)
    .map(redactSecrets);
  if (lines.includes(word)) {
    const isQuiet = result.stdout.trimEnd() === word;
    return isQuiet ? null : { code: 'shell-chatty', params, quotes: said, commands: [] };
  }
  // A program that was put in the shell's place usually ends well; a shell that lets nobody in does not.
  const code = result.exitCode === 0 ? 'command-forced' : 'shell-ends';
  const exitCode = result.exitCode ?? -1;
  return { code, params: { ...params, exitCode }, quotes: said, commands: [] };
}
