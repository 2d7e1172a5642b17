import { createStore } from 'zustand/vanilla';
import type { ConnectionSnapshot } from '../../shared/model/connection';
import type { MachineId } from '../../shared/model/machine';
import type { AttemptPrompt, HostKeyPrompt, PromptAnswer, PromptId } from '../../shared/model/prompt';
import { nuvem } from '../api/nuvem';
import { connectionsStore } from './connections-store';
import { showFailure } from './notices-store';
import type { ByMachine } from './snapshot-store';

/** A question that a machine's connection waits for. */
export interface PendingPrompt {
  readonly machineId: MachineId;
  readonly prompt: HostKeyPrompt | AttemptPrompt;
}

interface Prompts {
  /** In the order in which they came up; the first is the one to show. */
  readonly queue: readonly PendingPrompt[];
  /** Those whose answer is on its way, though the snapshot may still hold the question. */
  readonly answered: readonly PromptId[];
}

/** The questions of all connections. */
export const promptsStore = createStore<Prompts>(() => ({ queue: [], answered: [] }));

/** The question a connection waits for, if any. */
export function promptOf({ state }: ConnectionSnapshot): HostKeyPrompt | AttemptPrompt | null {
  return state.kind === 'awaitingHostKey' || state.kind === 'authenticating' ? state.prompt : null;
}

/** Keeps the order of what still waits and adds what is new at the end. */
export function nextPrompts(prompts: Prompts, connections: ByMachine<ConnectionSnapshot>): Prompts {
  const pending = Object.values<ConnectionSnapshot>(connections).flatMap((snapshot) => {
    const prompt = promptOf(snapshot);
    return prompt ? [{ machineId: snapshot.machineId, prompt }] : [];
  });
  const isPending = (promptId: PromptId) => pending.some(({ prompt }) => prompt.promptId === promptId);
  const queue = prompts.queue.filter(({ prompt }) => isPending(prompt.promptId));
  const isKnown = (promptId: PromptId) =>
    prompts.answered.includes(promptId) || queue.some(({ prompt }) => prompt.promptId === promptId);
  return {
    queue: [...queue, ...pending.filter(({ prompt }) => !isKnown(prompt.promptId))],
    answered: prompts.answered.filter(isPending),
  };
}

/** Starts watching the connections for questions. */
export function followPrompts(): void {
  const update = () =>
    promptsStore.setState((prompts) => nextPrompts(prompts, connectionsStore.getState()), true);
  connectionsStore.subscribe(update);
  update();
}

/** Sends an answer; its question leaves the screen at once. */
export function answerPrompt(answer: PromptAnswer): void {
  promptsStore.setState(({ queue, answered }) => ({
    queue: queue.filter(({ prompt }) => prompt.promptId !== answer.promptId),
    answered: [...answered, answer.promptId],
  }));
  nuvem.connections.answer(answer).catch(showFailure);
}
