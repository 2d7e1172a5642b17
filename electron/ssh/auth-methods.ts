import { AppError } from '../../shared/errors/app-error';
import { assertNever } from '../../shared/util/assert-never';
import type { AttemptInput } from '../connection/attempt';
import type { SigningKey } from '../keys/signing-key';
import { type AuthStep, methodNameOf } from './auth-plan';
import { keyAlgorithms } from './key-algorithms';
import type { AskedQuestions, AuthAnswer, KeyAlgorithm, UserAuth } from './user-auth';

export interface AuthMethodsHost {
  /** Runs `ask` while no time limit of the server's counts. */
  waitForUser<T>(ask: () => Promise<T>): Promise<T>;
  /** What the server wanted to know will not be answered. */
  onAnswerFailed(error: AppError): void;
}

/** Takes the steps of an `AuthPlan` with a server, asking the user where a step needs it. */
export class AuthMethods {
  #password: Promise<string> | null = null;
  #hasSentPassword = false;

  constructor(
    private readonly input: AttemptInput,
    private readonly auth: UserAuth,
    private readonly host: AuthMethodsHost,
  ) {}

  /**
   * Resolves with what the server said; not at all when it lets the user in.
   * @throws the error of a `giveUp` step, `cancelled` when the user gives no answer
   */
  async take(step: AuthStep): Promise<AuthAnswer> {
    switch (step.kind) {
      case 'none':
        return this.auth.none();
      case 'privateKey':
      case 'agentKey':
        return this.#signIn(step);
      case 'password': {
        const password = await this.#askPassword();
        this.input.log('auth-trying', { method: methodNameOf(step) });
        return this.auth.password(password, (text) => this.#changePassword(password, text));
      }
      case 'keyboardInteractive':
        this.input.log('auth-trying', { method: methodNameOf(step) });
        return this.auth.keyboardInteractive((asked) => {
          this.#answer(asked, step.sendsPassword).then(
            (answers) => this.auth.sendAnswers(answers),
            (thrown) => this.host.onAnswerFailed(AppError.from(thrown)),
          );
        });
      case 'giveUp':
        throw step.error;
      default:
        return assertNever(step);
    }
  }

  async #signIn(step: Extract<AuthStep, { kind: 'privateKey' | 'agentKey' }>): Promise<AuthAnswer> {
    const { key } = step;
    const { keyType, fingerprint } = key;
    const { log, allowsOldAlgorithms } = this.input;
    log('auth-trying-key', { method: methodNameOf(step), keyType, fingerprint });
    const algorithms = keyAlgorithms(keyType, this.auth.serverAlgorithms, allowsOldAlgorithms);
    let answer: AuthAnswer | null = null;
    for (const algorithm of algorithms) {
      // A keeper of keys may bother its user for each signature.
      const offered = step.kind === 'privateKey' || (await this.auth.offersKey(key, algorithm));
      answer = offered === true ? await this.#sign(key, algorithm) : offered;
      if (answer.isPartialSuccess || !answer.methods.includes('publickey')) return answer;
    }
    if (answer !== null) return answer;
    log('auth-key-unsupported', { keyType, fingerprint }, 'warning');
    return { methods: ['publickey'], isPartialSuccess: false };
  }

  /** A key that can't sign now is passed over like one that the server refuses. */
  async #sign(key: SigningKey, algorithm: KeyAlgorithm): Promise<AuthAnswer> {
    try {
      const request = await this.host.waitForUser(() => this.auth.signedRequest(key, algorithm));
      return await this.auth.publicKey(request);
    } catch (error) {
      if (error instanceof AppError) throw error;
      this.input.log('auth-key-not-signing', { fingerprint: key.fingerprint }, 'warning');
      return { methods: ['publickey'], isPartialSuccess: false };
    }
  }

  /** The first lone hidden question of a server that takes passwords by question only is for the password. */
  async #answer(
    { title, instructions, prompts }: AskedQuestions,
    sendsPassword: boolean,
  ): Promise<readonly string[]> {
    const isForPassword = prompts.length === 1 && prompts[0]?.echo !== true;
    if (sendsPassword && !this.#hasSentPassword && isForPassword) {
      this.#hasSentPassword = true;
      return [await this.#askPassword()];
    }
    const questions = prompts.map(({ prompt, echo }) => ({ text: prompt, isEchoed: echo === true }));
    return this.host.waitForUser(() => this.input.answer({ title, instructions, questions }));
  }

  #changePassword(password: string, text: string): void {
    this.host
      .waitForUser(() => this.input.newPassword(text))
      .then(
        (newPassword) => this.auth.changePassword(password, newPassword),
        (thrown) => this.host.onAnswerFailed(AppError.from(thrown)),
      );
  }

  #askPassword(): Promise<string> {
    this.#password ??= this.host.waitForUser(() => this.input.password());
    return this.#password;
  }
}
