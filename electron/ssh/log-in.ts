import ssh2, { type Client, type NegotiatedAlgorithms } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import type { AttemptInput } from '../connection/attempt';
import type { Clock } from '../system/clock';
import { forwardAgent } from './agent-forward';
import { algorithmsFor } from './algorithms';
import { AuthMethods } from './auth-methods';
import { AuthPlan, type AuthStep, methodNameOf } from './auth-plan';
import { classifyAttemptError, type Phase } from './classify-error';
import { Deadline } from './deadline';
import { endPolitely } from './end-politely';
import { acceptHostCertificates } from './host-certificates';
import { PacketStream } from './packet-stream';
import { bringSecondOakleyGroup } from './second-oakley-group';
import { ServerHello } from './server-hello';
import { type AuthAnswer, UserAuth } from './user-auth';
import type { Wire } from './wire';

export interface LogInOptions {
  readonly clock: Clock;
  /** Limit of the key exchange, and of each step of authentication. */
  readonly stepTimeoutMs: number;
}

/** A client whose user the server has let in. */
export interface LoggedIn {
  readonly client: Client;
  readonly packets: PacketStream;
}

const longestBanner = 2000;

/**
 * Takes an open wire through key exchange and authentication. The host key is judged by
 * `input.judgeHostKey` and its ownership proven before anything of the user's is sent.
 * Closes the socket when it rejects.
 */
export function logIn(socket: Wire, input: AttemptInput, options: LogInOptions): Promise<LoggedIn> {
  return new Promise((resolve, reject) => {
    new LogIn(socket, input, options, resolve, reject).start();
  });
}

class LogIn {
  readonly #client = new ssh2.Client();
  readonly #hello = new ServerHello();
  readonly #params: ErrorParams;
  readonly #plan: AuthPlan;
  readonly #deadline: Deadline;
  #packets: PacketStream | null = null;
  #phase: Phase = 'identification';
  #step: AuthStep;
  #lastMethods = '';
  #auth: UserAuth | null = null;
  #acceptedHostKey: Buffer | null = null;
  #hostCertificate: Buffer | null = null;
  #isSettled = false;

  constructor(
    private readonly socket: Wire,
    private readonly input: AttemptInput,
    private readonly options: LogInOptions,
    private readonly resolve: (loggedIn: LoggedIn) => void,
    private readonly reject: (error: AppError) => void,
  ) {
    const { host, port, user } = input.route;
    this.#params = { host, port };
    this.#plan = new AuthPlan(input.credential, { host, port, user }, () => options.clock.nowMs());
    this.#step = this.#plan.first();
    this.#deadline = new Deadline(options.clock, () =>
      this.#fail(new AppError('connection-timed-out', this.#params)),
    );
  }

  start(): void {
    const { input, socket } = this;
    const client = this.#client;
    input.signal.addEventListener('abort', this.#onAbort);
    client.on('error', (error) => this.#fail(this.#classify(error)));
    client.once('close', () => this.#fail(this.#classify(null)));
    client.once('handshake', (negotiated) => this.#onHandshake(negotiated));
    client.on('banner', (text) => input.log('server-banner', { text: readable(text) }));
    client.once('ready', () => this.#onReady());
    this.#deadline.start(this.options.stepTimeoutMs);
    client.connect({
      sock: socket,
      username: input.route.user,
      algorithms: algorithmsFor(input.knownKeyTypes, input.allowsOldAlgorithms),
      hostVerifier: (key: Buffer, verify: (isValid: boolean) => void) => this.#judge(key, verify),
      // Called once the server is ready for it; returning nothing, we take it from there.
      authHandler: () => void this.#authenticate(),
      readyTimeout: 0,
      keepaliveInterval: 0,
      strictVendor: false,
    });
    if (input.wantsHostCertificate) {
      acceptHostCertificates(client, (certificate) => {
        this.#hostCertificate = certificate;
      });
    }
    if (input.allowsOldAlgorithms) bringSecondOakleyGroup(client);
    this.#packets = new PacketStream(client, socket);
    this.#auth = new UserAuth(client, input.route.user);
    // ssh2 has paused the socket by now and resumes it later: no byte can pass unseen.
    socket.on('data', this.#onData);
    if (input.signal.aborted) this.#onAbort();
  }

  readonly #onAbort = () => this.#fail(new AppError('cancelled'));

  readonly #onData = (chunk: Buffer) => {
    this.#hello.read(chunk);
    if (this.#phase !== 'identification' || this.#hello.version === null) return;
    this.#phase = 'handshake';
    this.input.log('server-version', { version: this.#hello.version });
  };

  #judge(key: Buffer, verify: (isValid: boolean) => void): void {
    // The server wants new session keys (RFC 4253, 9), long after the login maybe. ssh2 garbles what is sent while
    // it waits for the answer, so that this one must come at once; it is the key that was judged, or none.
    if (this.#acceptedHostKey !== null) {
      verify(key.equals(this.#acceptedHostKey));
      return;
    }
    this.input.judgeHostKey(key, this.#hostCertificate).then(
      (error) => {
        if (this.#isSettled) return;
        if (error !== null) return this.#fail(error);
        this.#acceptedHostKey = Buffer.from(key);
        verify(true);
      },
      (thrown) => this.#fail(AppError.from(thrown)),
    );
  }

  #onHandshake(negotiated: NegotiatedAlgorithms): void {
    this.#phase = 'authentication';
    this.socket.off('data', this.#onData);
    this.input.log('algorithms-agreed', {
      keyExchange: negotiated.kex,
      hostKey: negotiated.serverHostKey,
      cipher: negotiated.cs.cipher,
      mac: negotiated.cs.mac || negotiated.cs.cipher,
    });
    this.input.onAuthenticating();
    this.#deadline.start(this.options.stepTimeoutMs);
  }

  /** Takes step after step until the server lets the user in, which `ready` tells, or the plan gives up. */
  async #authenticate(): Promise<void> {
    const auth = this.#auth;
    if (auth === null) return this.#fail(new AppError('internal'));
    const methods = new AuthMethods(this.input, auth, {
      waitForUser: (ask) => this.#waitForUser(ask),
      onAnswerFailed: (error) => this.#fail(error),
    });
    try {
      while (!this.#isSettled) {
        this.#deadline.start(this.options.stepTimeoutMs);
        const answer = await methods.take(this.#step);
        this.#step = this.#stepAfter(this.#step, answer);
      }
    } catch (thrown) {
      this.#fail(AppError.from(thrown));
    }
  }

  #stepAfter(last: AuthStep, { methods, isPartialSuccess }: AuthAnswer): AuthStep {
    const offered = methods.join(', ');
    if (isPartialSuccess) this.input.log('auth-partial', { method: methodNameOf(last), methods: offered });
    else if (last.kind !== 'none') this.input.log('auth-refused', { method: methodNameOf(last) }, 'warning');
    if (offered !== this.#lastMethods) this.input.log('auth-methods-offered', { methods: offered });
    this.#lastMethods = offered;
    return this.#plan.after(last, methods, isPartialSuccess);
  }

  async #waitForUser<T>(ask: () => Promise<T>): Promise<T> {
    this.#deadline.stop();
    const answer = await ask();
    // The server may have hung up meanwhile.
    if (this.#isSettled) throw new AppError('cancelled');
    this.#deadline.start(this.options.stepTimeoutMs);
    return answer;
  }

  #onReady(): void {
    if (this.#isSettled) return;
    this.#settle();
    this.input.log('auth-succeeded', { method: methodNameOf(this.#step) });
    if (this.input.forwardedAgent !== null) forwardAgent(this.#client, this.input.forwardedAgent);
    if (this.#packets !== null) this.resolve({ client: this.#client, packets: this.#packets });
  }

  #classify(error: Error | null): AppError {
    const facts = {
      phase: this.#phase,
      hello: this.#hello,
      params: this.#params,
      refused: this.#plan.refused,
      allowsOld: this.input.allowsOldAlgorithms,
    };
    return classifyAttemptError(error, facts);
  }

  #fail(error: AppError): void {
    if (this.#isSettled) return;
    this.#settle();
    endPolitely(this.#client, this.socket, this.options.clock);
    this.reject(error);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#deadline.stop();
    this.input.signal.removeEventListener('abort', this.#onAbort);
    this.socket.off('data', this.#onData);
    this.#client.removeAllListeners();
    // Until the transport listens; an error that comes now is followed by the close that it will see.
    this.#client.on('error', () => undefined);
  }
}

/** What a server likes to say before login, without control characters and not without end. */
function readable(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
    .slice(0, longestBanner);
}
