import type { Duplex } from 'node:stream';
import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import { isConnectionLost } from '../connection/with-transport';
import { type RemoteFact, readFacts, scriptInput } from '../jupyter/remote-script';
import type { Clock } from '../system/clock';
import { readMeasurement } from './read-measurement';
import type { Reading } from './reading';
import meterScript from './remote/meter.sh?raw';

export interface OpenMeterOptions {
  /** As `Machine.workingFolder` has it: its disk is measured, besides the home folder's. */
  readonly folder: string;
  readonly clock: Clock;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
}

/** A script that runs on a machine and measures when it is asked to. */
export interface OpenMeter {
  /** One at a time. @throws AppError `remote-command-failed` when no answer comes, `connection-lost` */
  measure(asksForDisks: boolean): Promise<Reading>;
  /** Ends the script; idempotent. */
  close(): void;
}

/** `df` and nvidia-smi are given 5 s each, twice for two disks. */
const answerMs = 30_000;
/** A measurement is 1 or 2 KB; with 64 GPUs, 8 KB. */
const answerBytesAtMost = 256 * 1024;

/**
 * Starts the measuring script over one channel of the connection. It waits for its input between measurements, so
 * that it ends with the channel, however that ends, and leaves nothing behind.
 * @throws AppError `remote-shell-unsupported` when no POSIX shell took it, `remote-command-failed`, `connection-lost`
 */
export async function openMeter(
  transport: Transport,
  { folder, clock, random }: OpenMeterOptions,
): Promise<OpenMeter> {
  const mark = `nuvem${random(12).toString('hex')}`;
  const answers = new Answers(await transport.openCommand('sh -s'), mark, clock);
  // Not a word more before it is ready: dash, for one, reads its script ahead of running it.
  const facts = await answers.ask(scriptInput({ text: meterScript, values: { folder } }, mark), 'ready');
  const system = facts.at(-1)?.value ?? '';
  return {
    measure: async (asksForDisks) =>
      readMeasurement(system, await answers.ask(asksForDisks ? 'disks\n' : '\n', 'end'), asksForDisks),
    close: () => answers.close(),
  };
}

/** Sends a script its input, and takes its reports apart. */
class Answers {
  #output = '';
  #hasBegun = false;
  #ended: AppError | null = null;
  #onChanged: () => void = () => undefined;

  constructor(
    private readonly stream: Duplex,
    private readonly mark: string,
    private readonly clock: Clock,
  ) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      this.#output += text;
      if (this.#output.length > answerBytesAtMost)
        this.#end(new AppError('remote-command-failed', { reason: 'too-much-output' }));
      this.#onChanged();
    });
    // Writing to a script that has ended fails, too.
    stream.once('error', (error) =>
      this.#end(isConnectionLost(error) ? AppError.from(error) : this.#ownEnd()),
    );
    stream.once('end', () => this.#end(this.#ownEnd()));
    stream.once('close', () => this.#end(new AppError('connection-lost')));
  }

  /** The facts that follow `input`, up to the one of that name. */
  ask(input: string, last: string): Promise<readonly RemoteFact[]> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        cancelTimer();
        this.#onChanged = () => undefined;
        outcome();
      };
      const cancelTimer = this.clock.after(answerMs, () => {
        this.#end(new AppError('remote-command-failed', { reason: 'timed-out', seconds: answerMs / 1000 }));
      });
      this.#onChanged = () => {
        const end = this.#output.indexOf(`${this.mark} ${last} `);
        const lineEnd = end < 0 ? -1 : this.#output.indexOf('\n', end);
        const ended = this.#ended;
        if (lineEnd >= 0) {
          const text = this.#output.slice(0, lineEnd);
          this.#output = this.#output.slice(lineEnd + 1);
          this.#hasBegun = true;
          settle(() => resolve(readFacts(text, this.mark)));
        } else if (ended !== null) settle(() => reject(ended));
      };
      this.stream.write(input);
      this.#onChanged();
    });
  }

  close(): void {
    this.#end(new AppError('cancelled'));
  }

  #end(error: AppError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.stream.on('error', () => undefined).destroy();
    this.#onChanged();
  }

  /** Why the script ended by itself: it does not, once it has begun. */
  #ownEnd(): AppError {
    if (this.#hasBegun || this.#output.includes(`${this.mark} `))
      return new AppError('remote-command-failed');
    const said = this.#output.split('\n').map((line) => line.trim());
    return new AppError('remote-shell-unsupported', {}, { details: said.filter(Boolean).slice(0, 5) });
  }
}
