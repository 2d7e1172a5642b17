import { AppError } from '../../shared/errors/app-error';
import type { AttemptPrompt, PromptAnswer } from '../../shared/model/prompt';
import { type ConnectionEffect, logged } from './connection-effect';
import type { EventOf } from './connection-event';
import type { Course } from './course';
import { ask, close, fail, start, type Transition, type Trying, unchanged } from './course-steps';

const passwordsAllowed = 3;

const answerTo = {
  passphrase: 'secret',
  password: 'secret',
  newPassword: 'secret',
  keyboardInteractive: 'keyboardInteractive',
  command: 'command',
  startInstance: 'startInstance',
} as const satisfies Record<AttemptPrompt['kind'], PromptAnswer['kind']>;

/** What the user's answer to a prompt leads to; one that fits no open prompt changes nothing. */
export function onAnswered(state: Course, { answer }: EventOf<'answered'>): Transition {
  if (state.kind === 'awaitingHostKey' && answer.promptId === state.prompt.promptId) {
    const { keyType, fingerprint, host, port, promptId } = state.prompt;
    if (answer.kind === 'hostKey' && answer.isAccepted) {
      const accepted = logged('host-key-accepted', { keyType, fingerprint });
      return start(state, state.trip, [accepted, { kind: 'acceptHostKey', promptId }]);
    }
    if (answer.kind !== 'hostKey' && answer.kind !== 'cancel') return unchanged(state);
    const rejected = logged('host-key-rejected', { keyType, fingerprint }, 'warning');
    return fail(state, new AppError('host-key-not-accepted', { host, port }).toReport(), [rejected]);
  }
  if (state.kind !== 'authenticating' || answer.promptId !== state.prompt?.promptId) return unchanged(state);
  if (answer.kind === 'cancel') return onPromptCancelled(state, state.prompt);
  if (answer.kind !== answerTo[state.prompt.kind]) return unchanged(state);
  if (!state.isAttemptLive && answer.kind === 'secret') {
    const { secret, isRemembered } = answer;
    return start(state, state.trip, [{ kind: 'holdPassword', secret, isRemembered }]);
  }
  const effects: ConnectionEffect[] = [{ kind: 'deliverAnswer', answer }];
  // Asked before there is a connection; all else is said to the server.
  if (['passphrase', 'command', 'startInstance'].includes(state.prompt.kind)) {
    return { state: { kind: 'connecting', attemptId: state.attemptId, trip: state.trip }, effects };
  }
  return { state: { ...state, prompt: null }, effects };
}

function onPromptCancelled(state: Trying & { kind: 'authenticating' }, prompt: AttemptPrompt): Transition {
  const effects: ConnectionEffect[] = [logged('prompt-cancelled', { kind: prompt.kind })];
  if (state.isAttemptLive) effects.push({ kind: 'abortAttempt' });
  if (!('wasWrong' in prompt) || !prompt.wasWrong) return close(state, effects);
  const error =
    prompt.kind === 'passphrase'
      ? new AppError('wrong-passphrase', { path: prompt.keyPath })
      : new AppError('password-refused', { user: prompt.user, host: prompt.host });
  return fail(state, error.toReport(), effects);
}

/** Asks for another password: a new connection is made only with an answer, and not without end. */
export function onPasswordRefused(state: Trying, { error, prompt }: EventOf<'passwordRefused'>): Transition {
  const refusedPasswords = state.trip.refusedPasswords + 1;
  if (refusedPasswords >= passwordsAllowed) return fail(state, error);
  return ask({ ...state, trip: { ...state.trip, refusedPasswords } }, prompt, false);
}
