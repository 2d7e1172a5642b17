import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import { factOf, type RemoteFact } from '../jupyter/remote-script';
import commitScript from './remote/commit.sh?raw';
import readScript from './remote/read.sh?raw';
import stageScript from './remote/stage.sh?raw';
import { runFilesScript } from './remote-files';

/** The machine's file as it was read. */
export interface AuthorizedKeysText {
  /** On the machine, behind symbolic links. */
  readonly path: string;
  /** One character a byte; empty when there is no file yet. */
  readonly text: string;
  /** As `chmod` takes them; null when there is no file yet. */
  readonly mode: number | null;
}

const mostTries = 5;
const newFileMode = 0o600;
const writableByOthers = 0o022;

/** `~/.ssh/authorized_keys` of the user that a transport is logged in as. */
export class AuthorizedKeysFile {
  constructor(
    private readonly transport: Transport,
    private readonly random: (sizeBytes: number) => Buffer,
  ) {}

  /** @throws access-file-unusable, remote-shell-unsupported, why the connection failed */
  async read(): Promise<AuthorizedKeysText> {
    const { facts, files } = await runFilesScript(this.transport, { text: readScript }, this.random);
    throwProblem(facts);
    const text = files.get('content') ?? '';
    return { path: factOf(facts, 'file') ?? '', text, mode: modeOf(factOf(facts, 'facts')) };
  }

  /**
   * Replaces the file's text by what `change` makes of it, at once or not at all, and keeps the old one beside it as
   * `authorized_keys.nuvem-backup`. The new text lies complete on the machine and has been read back before it takes
   * the old one's place. When another program was faster, `change` is asked again with what that one left; null
   * leaves everything as it is. Makes `~/.ssh` (0700) and the file (0600) when there are none.
   * @throws access-file-unusable, access-disk-full, access-not-writable, access-file-busy, remote-shell-unsupported,
   * what `change` throws, why the connection failed
   */
  async edit(change: (text: string) => string | null): Promise<AuthorizedKeysText> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await this.read();
      const text = change(before.text);
      if (text === null || text === before.text) return before;
      const mode = (before.mode ?? newFileMode) & ~writableByOthers;
      if (await this.#replace(before.text, text, mode)) return { ...before, text, mode };
    }
    throw new AppError('access-file-busy');
  }

  /** False: the file was changed meanwhile, and nothing was replaced. */
  async #replace(before: string, text: string, mode: number): Promise<boolean> {
    const id = this.random(8).toString('hex');
    const staged = await runFilesScript(
      this.transport,
      { text: stageScript, values: { id, mode: mode.toString(8) }, document: text },
      this.random,
    );
    throwProblem(staged.facts);
    const path = factOf(staged.facts, 'staged') ?? '';
    const isWhole = staged.files.get('fresh') === text;
    const isSame = staged.files.get('old') === before;
    const isWanted = isWhole && isSame ? 'yes' : 'no';
    const { facts } = await runFilesScript(
      this.transport,
      { text: commitScript, values: { id, isWanted } },
      this.random,
    );
    throwProblem(facts);
    // What the machine wrote is not what it was given: a full disk that said nothing, or bytes that its shell ate.
    if (!isWhole) throw new AppError('access-not-writable', { path });
    return factOf(facts, 'committed') !== undefined;
  }
}

const problems = {
  'link-broken': 'access-file-unusable',
  unreadable: 'access-file-unusable',
  'too-large': 'access-file-unusable',
  'disk-full': 'access-disk-full',
  'permission-denied': 'access-not-writable',
} as const;

function throwProblem(facts: readonly RemoteFact[]): void {
  for (const { name, value } of facts) {
    const code = problems[name as keyof typeof problems];
    if (code !== undefined) throw new AppError(code, { path: value });
  }
}

/** Of `-rw-r--r-- 1000`: 0o644. */
function modeOf(facts: string | undefined): number | null {
  const bits = /^.([r-][w-].[r-][w-].[r-][w-].)/.exec(facts ?? '')?.[1];
  if (bits === undefined) return null;
  return [...bits].reduce((mode, bit) => mode * 2 + ('rwxst'.includes(bit) ? 1 : 0), 0);
}
