import type { AttemptPrompt, PromptAnswer } from '../../shared/model/prompt';

/** What a running attempt asks of its connection. */
export interface AttemptHost {
  /** Shows a prompt; rejects with `cancelled` when the attempt is aborted. */
  ask(prompt: AttemptPrompt): Promise<PromptAnswer>;
  onAuthenticating(): void;
  /** False for who only looks: then a stopped instance stays stopped. */
  readonly mayStartInstances: boolean;
}
