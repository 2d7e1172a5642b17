import { AppError } from '../../shared/errors/app-error';
import type { Finding, FindingCode } from '../../shared/model/diagnosis-finding';
import type { Hop } from '../../shared/model/way';
import type { Transport } from '../connection/transport';
import { factOf, type RemoteFact, runRemoteScript } from '../jupyter/remote-script';
import type { Clock } from '../system/clock';
import { commandFinding, mark } from './command-answer';
import surveyScript from './remote/survey.sh?raw';
import { clockFinding, storageFinding } from './survey';

export interface InsideDeps {
  readonly clock: Clock;
  readonly random: (sizeBytes: number) => Buffer;
}

/** How a check went: well (null), badly, or nobody can tell. */
export type CheckResult = Finding | null | 'untold';

const commandWithinMs = 15_000;
const channelWithinMs = 10_000;

/** Looks at a machine from inside, over a transport that is signed in; leaves nothing behind there. */
export class Inside {
  #facts: readonly RemoteFact[] = [];
  /** When the machine read its clock, on ours. */
  #readAtMs = 0;

  constructor(
    private readonly transport: Transport,
    private readonly hop: Hop,
    private readonly deps: InsideDeps,
    private readonly signal: AbortSignal,
  ) {}

  /** Does a command run, and only that? @throws connection-lost, cancelled */
  async command(): Promise<CheckResult> {
    const word = mark(this.deps.random);
    try {
      const options = { timeoutMs: commandWithinMs, signal: this.signal };
      const result = await this.transport.exec(`echo ${word}`, options);
      return commandFinding(result, word, this.#place);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'remote-command-failed') {
        return this.#finding(error.params.reason === 'refused' ? 'shell-ends' : 'command-forced');
      }
      if (error.code !== 'channel-refused' && error.code !== 'forwarding-refused') throw error;
      return this.#finding('sessions-refused', error.details);
    }
  }

  /** Can files be written? Call it before `clock` and `socketForwarding`. @throws connection-lost, cancelled */
  async storage(): Promise<CheckResult> {
    const { clock, random } = this.deps;
    const sentAtMs = clock.nowMs();
    try {
      const script = { text: surveyScript, values: {} };
      const options = { timeoutMs: commandWithinMs, signal: this.signal };
      this.#facts = await runRemoteScript(this.transport, script, random, options);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'remote-shell-unsupported' && error.code !== 'remote-command-failed') throw error;
      return 'untold';
    }
    this.#readAtMs = (sentAtMs + clock.nowMs()) / 2;
    return storageFinding(this.#facts, this.#place);
  }

  /** Does its clock agree with ours? */
  clock(): CheckResult {
    const seconds = Number(factOf(this.#facts, 'clock'));
    return Number.isInteger(seconds) && seconds > 0
      ? clockFinding(seconds * 1000 - this.#readAtMs, this.#place)
      : 'untold';
  }

  /** Does the server open TCP connections for us? Tried with its own port. @throws connection-lost */
  async tcpForwarding(): Promise<CheckResult> {
    const answer = await this.#tryChannel(() => this.transport.openTcp('127.0.0.1', this.hop.port));
    return answer === 'forwarding-refused' ? this.#finding('tcp-forwarding-off') : null;
  }

  /** Does the server open unix sockets for us? Told by one that surely listens. @throws connection-lost */
  async socketForwarding(): Promise<CheckResult> {
    const path = factOf(this.#facts, 'socket');
    if (path === undefined) return 'untold';
    const answer = await this.#tryChannel(() => this.transport.openUnixSocket(path));
    // OpenSSH says "connect failed" for forbidden ones too.
    return answer === null ? null : this.#finding('socket-forwarding-off');
  }

  /** Opens a channel and closes it again: null when it opened, else how the server refused. */
  async #tryChannel(
    open: () => ReturnType<Transport['openTcp']>,
  ): Promise<'forwarding-refused' | 'channel-refused' | null> {
    let cancelTimer: () => void = () => undefined;
    const silence = new Promise<never>((_, reject) => {
      cancelTimer = this.deps.clock.after(channelWithinMs, () => reject(new AppError('channel-refused')));
    });
    try {
      const stream = await Promise.race([open(), silence]);
      stream.on('error', () => undefined).destroy();
      return null;
    } catch (thrown) {
      const { code } = AppError.from(thrown);
      if (code === 'forwarding-refused' || code === 'channel-refused') return code;
      throw thrown;
    } finally {
      cancelTimer();
    }
  }

  get #place() {
    const { host, user } = this.hop;
    return { host, user };
  }

  #finding(code: FindingCode, quotes: readonly string[] = []): Finding {
    return { code, params: this.#place, quotes, commands: [] };
  }
}
