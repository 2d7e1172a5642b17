import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error';
import type { Endpoint } from '../../shared/model/machine';
import {
  type CommandPrompt,
  type HostKeyPrompt,
  type PromptAnswer,
  PromptId,
  type SecretPrompt,
  type StartInstancePrompt,
} from '../../shared/model/prompt';
import { fingerprintOf, keyTypeOf } from '../trust/public-key';
import { randomartOf } from '../trust/randomart';
import type { AttemptQuestions } from './attempt';
import type { GivenSecret } from './connection-secrets';

const newPromptId = () => PromptId.parse(randomUUID());

export function hostKeyPrompt({ host, port }: Pick<Endpoint, 'host' | 'port'>, key: Buffer): HostKeyPrompt {
  const shown = {
    keyType: keyTypeOf(key) ?? '',
    fingerprint: fingerprintOf(key),
    randomart: randomartOf(key),
  };
  return { kind: 'hostKey', promptId: newPromptId(), host, port, ...shown };
}

export function passphrasePrompt(keyPath: string, wasWrong: boolean, canRemember: boolean): SecretPrompt {
  return { kind: 'passphrase', promptId: newPromptId(), keyPath, wasWrong, canRemember };
}

export function passwordPrompt(
  { user, host }: Pick<Endpoint, 'user' | 'host'>,
  wasWrong: boolean,
  canRemember: boolean,
): SecretPrompt {
  return { kind: 'password', promptId: newPromptId(), user, host, wasWrong, canRemember };
}

export function newPasswordPrompt(
  { user, host }: Pick<Endpoint, 'user' | 'host'>,
  text: string,
): SecretPrompt {
  return { kind: 'newPassword', promptId: newPromptId(), user, host, text };
}

export function questionsPrompt(asked: AttemptQuestions): SecretPrompt {
  return { kind: 'keyboardInteractive', promptId: newPromptId(), ...asked };
}

export function commandPrompt(command: string): CommandPrompt {
  return { kind: 'command', promptId: newPromptId(), command };
}

export function startInstancePrompt(instance: string, name: string): StartInstancePrompt {
  return { kind: 'startInstance', promptId: newPromptId(), instance, name };
}

/** The secret in an answer to a passphrase or password prompt; `transition` lets no other answer through. */
export function secretOf(answer: PromptAnswer): GivenSecret {
  if (answer.kind !== 'secret') throw new AppError('internal');
  return answer;
}

/** The answers in an answer to a questions prompt; `transition` lets no other answer through. */
export function answersOf(answer: PromptAnswer): readonly string[] {
  if (answer.kind !== 'keyboardInteractive') throw new AppError('internal');
  return answer.answers;
}
