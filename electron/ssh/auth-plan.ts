import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode, ErrorParams } from '../../shared/errors/error-codes';
import { assertNever } from '../../shared/util/assert-never';
import type { Credential } from '../keys/prove-identity';
import type { SigningKey } from '../keys/signing-key';
import { type Certificate, validityAt } from '../trust/certificate';

/** The next thing to try with a server (RFC 4252). */
export type AuthStep =
  | { readonly kind: 'none' }
  | { readonly kind: 'privateKey'; readonly key: SigningKey }
  | { readonly kind: 'agentKey'; readonly key: SigningKey }
  | { readonly kind: 'password' }
  | { readonly kind: 'keyboardInteractive'; readonly sendsPassword: boolean }
  | { readonly kind: 'giveUp'; readonly error: AppError };

/**
 * Decides what to try next from what the server answered. Only what the machine's identity says is tried; a
 * second factor is asked for when the server wants one after the first was right. Nothing is tried twice.
 */
export class AuthPlan {
  readonly #keys: AuthStep[];
  #hasPartialSuccess = false;

  constructor(
    private readonly credential: Credential,
    private readonly params: ErrorParams,
    private readonly nowMs: () => number,
  ) {
    this.#keys = keySteps(credential);
  }

  /** What the refusal of this identity is called. */
  get refused(): AppError {
    if (this.credential.kind === 'password' || this.#hasPartialSuccess)
      return this.#error('password-refused');
    const certificates = this.credential.keys.flatMap(({ certificate }) => certificate ?? []);
    const [certificate] = certificates;
    if (certificate === undefined) return this.#error('key-refused');
    const isValid = validityAt(certificate, this.nowMs()) === 'valid';
    return this.#error(isValid ? 'certificate-refused' : 'certificate-not-valid', factsOf(certificate));
  }

  /** The step to open with. A password asks for the methods first: some servers want it asked by questions. */
  first(): AuthStep {
    return this.#keys.shift() ?? { kind: 'none' };
  }

  /** The step after `last` was answered with `methods` that can continue. */
  after(last: AuthStep, methods: readonly string[], isPartialSuccess: boolean): AuthStep {
    if (isPartialSuccess) {
      this.#hasPartialSuccess = true;
      return (
        (methods.includes('publickey') ? this.#keys.shift() : undefined) ?? this.#byQuestions(methods, false)
      );
    }
    switch (last.kind) {
      case 'none':
        return this.#byQuestions(methods, true);
      case 'privateKey':
      case 'agentKey':
        return (methods.includes('publickey') ? this.#keys.shift() : undefined) ?? this.#giveUp(this.refused);
      case 'password':
      case 'keyboardInteractive':
      case 'giveUp':
        return this.#giveUp(this.refused);
      default:
        return assertNever(last);
    }
  }

  #byQuestions(methods: readonly string[], sendsPassword: boolean): AuthStep {
    const isQuestioning = methods.includes('keyboard-interactive');
    // A second factor is a question; a first one is the password that the user has given or will give.
    if (isQuestioning && (!sendsPassword || !methods.includes('password'))) {
      return { kind: 'keyboardInteractive', sendsPassword };
    }
    if (methods.includes('password')) return { kind: 'password' };
    return this.#giveUp(this.#error('no-authentication-method', { methods: methods.join(', ') }));
  }

  #error(code: ErrorCode, more: ErrorParams = {}): AppError {
    return new AppError(code, { ...this.params, ...more });
  }

  #giveUp(error: AppError): AuthStep {
    return { kind: 'giveUp', error };
  }
}

function keySteps(credential: Credential): AuthStep[] {
  switch (credential.kind) {
    case 'privateKey':
      return credential.keys.map((key) => ({ kind: 'privateKey', key }));
    case 'agent':
      return credential.keys.map((key) => ({ kind: 'agentKey', key }));
    case 'password':
      return [];
    default:
      return assertNever(credential);
  }
}

function factsOf({ keyId, principals, validAfter, validBefore }: Certificate): ErrorParams {
  return {
    keyId,
    principals: principals.length === 0 ? '*' : principals.join(', '),
    validFrom: utcOf(validAfter),
    validTo: utcOf(validBefore),
  };
}

/** `2026-03-04 12:30 UTC`; a dash for the beginning and the end of all times. */
function utcOf(seconds: bigint): string {
  if (seconds === 0n || seconds > 253_402_300_799n) return '–';
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The method of a step as SSH names it, and `agent` for a key that an agent signs with. */
export function methodNameOf(step: AuthStep): string {
  switch (step.kind) {
    case 'none':
    case 'giveUp':
      return 'none';
    case 'privateKey':
      return 'publickey';
    case 'agentKey':
      return 'agent';
    case 'password':
      return 'password';
    case 'keyboardInteractive':
      return 'keyboard-interactive';
    default:
      return assertNever(step);
  }
}
