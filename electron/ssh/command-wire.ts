import { type ChildProcessWithoutNullStreams, execFile } from 'node:child_process';
import { constants } from 'node:os';
import { Duplex } from 'node:stream';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import { redactCommand } from '../connection/redact-command';
import type { Clock } from '../system/clock';
import type { Wire } from './wire';

export interface CommandWireOptions {
  readonly clock: Clock;
  /** What its end is called, and what names the command in it. */
  readonly endCode: 'proxy-command-failed' | 'session-plugin-failed';
  readonly params: ErrorParams;
  /** Gets each line of standard error, redacted. */
  readonly onSaid: (text: string) => void;
}

/** How long a command may take to end before it is killed. */
const endWithinMs = 2000;
const keptLines = 20;

/**
 * Standard input and output of a process as a wire. Its end is the end of both directions and an error
 * (`endCode`); destroying the wire ends the process and all that it has started.
 */
export class CommandWire extends Duplex implements Wire {
  #bytesRead = 0;
  #hasEnded = false;
  #unfinishedLine = '';
  readonly #lastWords: string[] = [];
  #cancelTimer: () => void = () => undefined;

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly options: CommandWireOptions,
  ) {
    super({ allowHalfOpen: false });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#bytesRead += chunk.length;
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#onSaid(text));
    // The end of the process says the same, and why.
    child.stdin.on('error', () => undefined);
    child.stdout.on('error', () => undefined);
    child.stderr.on('error', () => undefined);
    child.once('error', (error) => {
      this.#hasEnded = true;
      this.#fail(127, [error.message]);
    });
    child.once('exit', () => {
      this.#hasEnded = true;
      this.#cancelTimer();
    });
    // After all that it has written was read.
    child.once('close', (code, signal) => {
      this.#say(this.#unfinishedLine);
      this.#fail(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
    // A process that has hung up but goes on is of no use any more.
    child.stdout.once('end', () => {
      if (!this.#hasEnded)
        this.#cancelTimer = options.clock.after(endWithinMs, () =>
          this.#fail(128 + constants.signals.SIGPIPE),
        );
    });
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** The last lines of standard error, redacted. */
  get lastWords(): readonly string[] {
    return this.#lastWords;
  }

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    // A process that is gone reports that by itself.
    this.child.stdin.write(chunk, () => callback());
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.child.stdin.end();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#cancelTimer();
    this.child.stdin.destroy();
    this.child.stdout.destroy();
    this.#signal('SIGTERM');
    if (!this.#hasEnded)
      this.#cancelTimer = this.options.clock.after(endWithinMs, () => this.#signal('SIGKILL'));
    callback(error);
  }

  #onSaid(text: string): void {
    const lines = (this.#unfinishedLine + text).split(/\r?\n|\r/);
    this.#unfinishedLine = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) this.#say(line);
  }

  #say(line: string): void {
    const text = redactCommand(line);
    if (text === '') return;
    this.#lastWords.push(text);
    if (this.#lastWords.length > keptLines) this.#lastWords.shift();
    this.options.onSaid(text);
  }

  #fail(exitCode: number, details: readonly string[] = this.#lastWords): void {
    if (this.destroyed) return;
    const params = { ...this.options.params, exitCode };
    this.destroy(new AppError(this.options.endCode, params, { details: [...details] }));
  }

  /** To the whole process group, which may outlive the process that led it. */
  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      // It ends the tree or finds none; there is nothing else to try.
      if (!this.#hasEnded) execFile('taskkill', ['/pid', String(pid), '/t', '/f'], () => undefined);
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
