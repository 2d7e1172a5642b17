import { AppError } from '../../shared/errors/app-error';
import type { ExecOptions, Transport } from '../connection/transport';
import { documentEnd } from './document-end';
import prelude from './remote/prelude.sh?raw';

/** One line that a script reported: a word and the rest of the line. */
export interface RemoteFact {
  readonly name: string;
  readonly value: string;
}

export interface RemoteScript {
  /** POSIX shell; reports facts with `say`. */
  readonly text: string;
  /** Become shell variables, byte for byte. Names are ours; values may be anything but line breaks and NUL. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * The standard input of `sh -s`: values are read from quoted here-documents (POSIX XCU 2.7.4), so that no
 * value is ever parsed as shell. `mark` must be new, random and a shell word: it ends the documents (see `documentEnd`) and
 * tells the script's reports from what start-up files of the shell print.
 */
export function scriptInput(script: RemoteScript, mark: string): string {
  const assignments = Object.entries(script.values).map(([name, value]) => {
    if (/[\r\n\0]/.test(value)) throw new AppError('invalid-request');
    const end = documentEnd(mark, value);
    return `IFS= read -r ${name} <<'${end}'\n${value}\n${end}\n`;
  });
  return `mark=${mark}\n${assignments.join('')}${prelude}\nsay begin ''\n${script.text}`;
}

/** The facts among the lines of a script's output. */
export function readFacts(output: string, mark: string): readonly RemoteFact[] {
  const facts: RemoteFact[] = [];
  for (const line of output.split('\n')) {
    const match = line.startsWith(`${mark} `) ? /^\S+ (\S+) ?(.*)$/s.exec(line) : null;
    if (match !== null) facts.push({ name: match[1] ?? '', value: match[2] ?? '' });
  }
  return facts;
}

/**
 * Runs a script by the machine's `sh`, whatever the login shell is.
 * @throws AppError `remote-shell-unsupported` when no POSIX shell took it, or why the connection failed.
 */
export async function runRemoteScript(
  transport: Transport,
  script: RemoteScript,
  random: (sizeBytes: number) => Buffer,
  options: Pick<ExecOptions, 'timeoutMs' | 'signal'> = {},
): Promise<readonly RemoteFact[]> {
  const mark = `nuvem${random(12).toString('hex')}`;
  const result = await transport.exec('sh -s', { ...options, stdin: scriptInput(script, mark) });
  const facts = readFacts(result.stdout, mark);
  if (facts[0]?.name !== 'begin') {
    const answered = `${result.stderr}\n${result.stdout}`.split('\n').map((line) => line.trim());
    throw new AppError(
      'remote-shell-unsupported',
      {},
      { details: answered.filter((line) => line !== '').slice(0, 5) },
    );
  }
  return facts.slice(1);
}

/** The value of the first fact of that name. */
export function factOf(facts: readonly RemoteFact[], name: string): string | undefined {
  return facts.find((fact) => fact.name === name)?.value;
}
