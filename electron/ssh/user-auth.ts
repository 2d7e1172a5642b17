import type { Client, Prompt } from 'ssh2';
import type { SigningKey } from '../keys/signing-key';
import { wireString } from '../keys/ssh-wire';
import { protocolOf, type Ssh2Protocol, sendPacket } from './ssh2-internals';

const userAuthRequest = 50;

/** What a server said to a request (RFC 4252, 5.1): it goes on with one of `methods`. */
export interface AuthAnswer {
  readonly methods: readonly string[];
  readonly isPartialSuccess: boolean;
}

/** What a server asks in between (RFC 4256, 3.2). */
export interface AskedQuestions {
  readonly title: string;
  readonly instructions: string;
  readonly prompts: readonly Prompt[];
}

/** How a key is shown to a server, and the algorithm of its signature, which certificates name differently. */
export interface KeyAlgorithm {
  readonly name: string;
  readonly signature: string;
}

interface Asking {
  readonly resolve: (answer: AuthAnswer) => void;
  readonly questions?: (asked: AskedQuestions) => void;
  readonly passwordExpired?: (text: string) => void;
  readonly keyAccepted?: () => void;
}

/**
 * The requests by which a user signs in (RFC 4252), one after the other. ssh2's own handling of them knows neither
 * certificates nor hardware keys, signs with SHA-1 unasked, and does not say what a server answered. Make it after
 * `client.connect`; ssh2 itself tells by `ready` that a request has succeeded.
 */
export class UserAuth {
  readonly #protocol: Ssh2Protocol;
  #asking: Asking | null = null;
  /** Signature algorithms that the server takes (RFC 8308, 3.1); null: it has not said. */
  #serverAlgorithms: readonly string[] | null = null;

  constructor(
    client: Client,
    private readonly user: string,
  ) {
    this.#protocol = protocolOf(client);
    const handlers = this.#protocol._handlers;
    handlers.EXT_INFO = (_protocol, extensions) => {
      const named = extensions.find(({ name }) => name === 'server-sig-algs');
      this.#serverAlgorithms = named?.algs ?? this.#serverAlgorithms;
    };
    handlers.USERAUTH_FAILURE = (_protocol, methods, isPartialSuccess) => {
      const asking = this.#asking;
      this.#asking = null;
      asking?.resolve({ methods, isPartialSuccess });
    };
    handlers.USERAUTH_PK_OK = () => this.#asking?.keyAccepted?.();
    handlers.USERAUTH_INFO_REQUEST = (_protocol, title, instructions, prompts) => {
      if (prompts.length === 0) this.#protocol.authInfoRes([]);
      else this.#asking?.questions?.({ title, instructions, prompts });
    };
    handlers.USERAUTH_PASSWD_CHANGEREQ = (_protocol, text) => this.#asking?.passwordExpired?.(text);
  }

  none(): Promise<AuthAnswer> {
    return this.#ask({}, () => this.#protocol.authNone(this.user));
  }

  /** `onExpired` is called when the server wants another password; answer it by `changePassword`. */
  password(password: string, onExpired: (text: string) => void): Promise<AuthAnswer> {
    return this.#ask({ passwordExpired: onExpired }, () => this.#protocol.authPassword(this.user, password));
  }

  /** Answers to `onExpired`; the promise of `password` settles for it. */
  changePassword(password: string, newPassword: string): void {
    this.#protocol._authsQueue.length = 0;
    this.#protocol.authPassword(this.user, password, newPassword);
  }

  /** `onQuestions` is called for each round of questions; answer it by `sendAnswers`. */
  keyboardInteractive(onQuestions: (asked: AskedQuestions) => void): Promise<AuthAnswer> {
    return this.#ask({ questions: onQuestions }, () => this.#protocol.authKeyboard(this.user));
  }

  sendAnswers(answers: readonly string[]): void {
    this.#protocol.authInfoRes([...answers]);
  }

  /** Resolves with true when the server would take a signature of the key. */
  async offersKey(key: SigningKey, algorithm: KeyAlgorithm): Promise<true | AuthAnswer> {
    return new Promise((resolve) => {
      void this.#ask({ keyAccepted: () => resolve(true) }, () =>
        this.#send(this.#keyRequest(key, algorithm, false)),
      ).then(resolve);
    });
  }

  /** The request that signs in by a key. @throws what its `sign` throws */
  async signedRequest(key: SigningKey, algorithm: KeyAlgorithm): Promise<Buffer> {
    const request = this.#keyRequest(key, algorithm, true);
    const signed = Buffer.concat([wireString(this.#protocol._kex.sessionID), request]);
    const signature = await key.sign(signed, algorithm.signature);
    return Buffer.concat([request, wireString(signature)]);
  }

  /** Sends what `signedRequest` made. */
  publicKey(signedRequest: Buffer): Promise<AuthAnswer> {
    return this.#ask({}, () => this.#send(signedRequest));
  }

  get serverAlgorithms(): readonly string[] | null {
    return this.#serverAlgorithms;
  }

  #ask(asking: Omit<Asking, 'resolve'>, send: () => void): Promise<AuthAnswer> {
    return new Promise((resolve) => {
      this.#asking = { ...asking, resolve };
      this.#protocol._authsQueue.length = 0;
      send();
    });
  }

  /** RFC 4252, section 7. */
  #keyRequest({ publicKey }: SigningKey, { name }: KeyAlgorithm, isSigned: boolean): Buffer {
    return Buffer.concat([
      Buffer.from([userAuthRequest]),
      wireString(this.user),
      wireString('ssh-connection'),
      wireString('publickey'),
      Buffer.from([isSigned ? 1 : 0]),
      wireString(name),
      wireString(publicKey),
    ]);
  }

  #send(payload: Buffer): void {
    this.#protocol._authsQueue.push('publickey');
    sendPacket(this.#protocol, payload);
  }
}
