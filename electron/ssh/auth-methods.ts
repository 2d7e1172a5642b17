import type { AnyAuthMethod, Prompt } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import { assertNever } from '../../shared/util/assert-never';
import type { AttemptInput } from '../connection/attempt';
import { Ssh2AgentKey } from './agent-client';
import { type AuthStep, methodNameOf } from './auth-plan';
import { Ssh2PrivateKey } from './private-key';

export interface AuthMethodsHost {
  /** Runs `ask` while no time limit of the server's counts. */
  waitForUser<T>(ask: () => Promise<T>): Promise<T>;
  /** The server's questions will not be answered. */
  onAnswerFailed(error: AppError): void;
}

interface AskedQuestions {
  readonly title: string;
  readonly instructions: string;
  readonly prompts: readonly Prompt[];
  readonly sendsPassword: boolean;
}

/** Turns the steps of an `AuthPlan` into what ssh2 shall send, asking the user where a step needs it. */
export class AuthMethods {
  #password: Promise<string> | null = null;
  #hasSentPassword = false;

  constructor(
    private readonly input: AttemptInput,
    private readonly host: AuthMethodsHost,
  ) {}

  /** @throws the error of a `giveUp` step, `cancelled` when the user gives no answer */
  async of(step: AuthStep): Promise<AnyAuthMethod> {
    const username = this.input.route.user;
    switch (step.kind) {
      case 'none':
        return { type: 'none', username };
      case 'privateKey':
        if (!(step.key instanceof Ssh2PrivateKey)) throw new AppError('internal');
        this.#logKey(step);
        return { type: 'publickey', username, key: step.key.parsed };
      case 'agentKey':
        if (!(step.key instanceof Ssh2AgentKey)) throw new AppError('internal');
        this.#logKey(step);
        return { type: 'agent', username, agent: step.key.asAgent() };
      case 'password': {
        const password = await this.#askPassword();
        this.input.log('auth-trying', { method: methodNameOf(step) });
        return { type: 'password', username, password };
      }
      case 'keyboardInteractive':
        this.input.log('auth-trying', { method: methodNameOf(step) });
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (title, instructions, _language, prompts, finish) => {
            this.#answer({ title, instructions, prompts, sendsPassword: step.sendsPassword }).then(
              (answers) => finish([...answers]),
              (thrown) => this.host.onAnswerFailed(AppError.from(thrown)),
            );
          },
        };
      case 'giveUp':
        throw step.error;
      default:
        return assertNever(step);
    }
  }

  #logKey(step: Extract<AuthStep, { kind: 'privateKey' | 'agentKey' }>): void {
    const { keyType, fingerprint } = step.key;
    this.input.log('auth-trying-key', { method: methodNameOf(step), keyType, fingerprint });
  }

  /** The first lone hidden question of a server that takes passwords by question only is for the password. */
  async #answer({ title, instructions, prompts, sendsPassword }: AskedQuestions): Promise<readonly string[]> {
    const isForPassword = prompts.length === 1 && prompts[0]?.echo !== true;
    if (sendsPassword && !this.#hasSentPassword && isForPassword) {
      this.#hasSentPassword = true;
      return [await this.#askPassword()];
    }
    const questions = prompts.map(({ prompt, echo }) => ({ text: prompt, isEchoed: echo === true }));
    return this.host.waitForUser(() => this.input.answer({ title, instructions, questions }));
  }

  #askPassword(): Promise<string> {
    this.#password ??= this.host.waitForUser(() => this.input.password());
    return this.#password;
  }
}
