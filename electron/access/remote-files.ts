import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import { documentEnd } from '../jupyter/document-end';
import { type RemoteFact, readFacts, scriptInput } from '../jupyter/remote-script';
import locate from './remote/locate.sh?raw';

/** What a script about the machine's files reported. */
export interface FilesReport {
  readonly facts: readonly RemoteFact[];
  /** Bytes by the name under which `say_file` reported them, one character a byte. */
  readonly files: ReadonlyMap<string, string>;
}

export interface FilesScript {
  /** POSIX shell, run after `locate.sh`. */
  readonly text: string;
  readonly values?: Readonly<Record<string, string>>;
  /** What the shell function `document` prints, one character a byte; ends with a line end or is empty. */
  readonly document?: string;
}

const longestMs = 30_000;

/**
 * Runs a script by the machine's `sh`, and moves whole files both ways byte for byte: they are read from standard
 * output and written from a quoted here-document (POSIX XCU 2.7.4), so that neither is ever parsed as shell.
 * @throws AppError `remote-shell-unsupported` when no POSIX shell took it, or why the connection failed
 */
export async function runFilesScript(
  transport: Transport,
  { text, values = {}, document = '' }: FilesScript,
  random: (sizeBytes: number) => Buffer,
): Promise<FilesReport> {
  const mark = `nuvem${random(12).toString('hex')}`;
  const end = documentEnd(mark, document);
  const stdin = Buffer.concat([
    Buffer.from(scriptInput({ text: '', values }, mark)),
    Buffer.from(`document() {\ncat <<'${end}'\n`),
    Buffer.from(document, 'latin1'),
    Buffer.from(`${end}\n}\n${locate}\n${text}`),
  ]);
  const result = await transport.exec('sh -s', { stdin, timeoutMs: longestMs, encoding: 'latin1' });
  const { rest, files } = takeFiles(result.stdout, mark);
  const facts = readFacts(Buffer.from(rest, 'latin1').toString(), mark);
  if (facts[0]?.name === 'begin') return { facts: facts.slice(1), files };
  const answered = `${result.stderr}\n${result.stdout}`.split('\n').map((line) => line.trim());
  throw new AppError(
    'remote-shell-unsupported',
    {},
    { details: answered.filter((line) => line !== '').slice(0, 5) },
  );
}

/** Parts the files from the lines around them; no line of a file can begin with the mark, which is random. */
function takeFiles(
  output: string,
  mark: string,
): { readonly rest: string; readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  const framed = new RegExp(`${mark} file-begin (\\S+)\\n([\\s\\S]*?)\\n${mark} file-end \\1\\n`, 'g');
  const rest = output.replace(framed, (_, name: string, content: string) => {
    files.set(name, content);
    return '';
  });
  return { rest, files };
}
