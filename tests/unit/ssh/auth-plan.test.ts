import { describe, expect, it } from 'vitest';
import type { Credential } from '../../../electron/keys/prove-identity';
import { AuthPlan, type AuthStep } from '../../../electron/ssh/auth-plan';
import { fakeSigningKey } from '../../support/fake-signing-key';

const withKey: Credential = { kind: 'privateKey', keys: [fakeSigningKey('file')] };
const withAgent: Credential = { kind: 'agent', keys: [fakeSigningKey('one'), fakeSigningKey('two')] };
const withPassword: Credential = { kind: 'password' };

type Answer = readonly [methods: string, isPartialSuccess?: boolean];

/** The steps that a plan takes while a server answers so. */
function steps(credential: Credential, answers: readonly Answer[]): string[] {
  const plan = new AuthPlan(credential, { host: 'lab', user: 'ana' }, () => 0);
  let step = plan.first();
  const taken = [nameOf(step)];
  for (const [methods, isPartialSuccess = false] of answers) {
    step = plan.after(step, methods.split(','), isPartialSuccess);
    taken.push(nameOf(step));
  }
  return taken;
}

function nameOf(step: AuthStep): string {
  if (step.kind === 'giveUp') return step.error.code;
  if ('key' in step) return step.key.fingerprint.slice('SHA256:'.length);
  return step.kind === 'keyboardInteractive' && step.sendsPassword ? 'password by question' : step.kind;
}

describe('what is tried with a server', () => {
  it('a key file: once', () => {
    expect(steps(withKey, [['publickey,password']])).toEqual(['file', 'key-refused']);
  });

  it('an agent: each key once, as long as the server takes keys', () => {
    expect(steps(withAgent, [['publickey'], ['publickey']])).toEqual(['one', 'two', 'key-refused']);
    expect(steps(withAgent, [['password']])).toEqual(['one', 'key-refused']);
  });

  it('a password: only once the server said how it wants it, and once', () => {
    expect(steps(withPassword, [['publickey,password'], ['publickey,password']])).toEqual([
      'none',
      'password',
      'password-refused',
    ]);
    expect(steps(withPassword, [['password,keyboard-interactive']])).toEqual(['none', 'password']);
    expect(steps(withPassword, [['publickey,keyboard-interactive'], ['keyboard-interactive']])).toEqual([
      ...['none', 'password by question', 'password-refused'],
    ]);
  });

  it('a password where only keys are taken: nothing', () => {
    expect(steps(withPassword, [['publickey']])).toEqual(['none', 'no-authentication-method']);
  });

  it('a second factor: what the server wants after the first was right', () => {
    expect(steps(withKey, [['keyboard-interactive', true]])).toEqual(['file', 'keyboardInteractive']);
    expect(steps(withKey, [['password', true], ['password']])).toEqual([
      'file',
      'password',
      'password-refused',
    ]);
    expect(steps(withAgent, [['publickey'], ['keyboard-interactive', true]])).toEqual([
      'one',
      'two',
      'keyboardInteractive',
    ]);
    expect(steps(withPassword, [['password'], ['keyboard-interactive', true]])).toEqual([
      'none',
      'password',
      'keyboardInteractive',
    ]);
    expect(steps(withAgent, [['publickey', true]])).toEqual(['one', 'two']);
    expect(steps(withKey, [['hostbased', true]])).toEqual(['file', 'no-authentication-method']);
  });
});
