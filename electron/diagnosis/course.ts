import type { DiagnosisStep, StepState } from '../../shared/model/diagnosis';
import type { Finding } from '../../shared/model/diagnosis-finding';
import type { LogEntry } from '../../shared/model/log-entry';
import type { LookPrompt } from '../../shared/model/prompt';

/** Where a diagnosis is, with what its snapshot hides. `runId` counts the runs so far. */
export type Course = { readonly runId: number; readonly steps: readonly DiagnosisStep[] } & (
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      /** Of the step that runs or asks. Null: none does just now. */
      readonly currentId: string | null;
      /** When it began, on the monotonic clock. */
      readonly sinceMonotonicMs: number;
    }
  | { readonly kind: 'finished'; readonly isStopped: boolean; readonly atMs: number }
);

export type Running = Extract<Course, { kind: 'running' }>;

/** What happens in a run of a diagnosis. */
export type CourseEvent =
  | { readonly kind: 'started'; readonly steps: readonly DiagnosisStep[] }
  /** The route is known, and so are the steps. */
  | { readonly kind: 'planned'; readonly steps: readonly DiagnosisStep[] }
  | { readonly kind: 'stepBegan'; readonly stepId: string }
  /** The present step is over; the next one begins by itself where one thing leads to the other. */
  | { readonly kind: 'stepEnded'; readonly finding: Finding | null }
  /** Nobody can tell. */
  | { readonly kind: 'stepSkipped' }
  | { readonly kind: 'logged'; readonly hop: number | null; readonly entry: LogEntry }
  | { readonly kind: 'asked'; readonly prompt: LookPrompt }
  | { readonly kind: 'answered' }
  /** The present step ends the way in. */
  | { readonly kind: 'failed'; readonly finding: Finding }
  | { readonly kind: 'completed' }
  | { readonly kind: 'stopped' };

export const initialCourse: Course = { kind: 'idle', runId: 0, steps: [] };

/** True for a step that will not change any more. */
export const isOver = ({ kind }: StepState): boolean =>
  kind === 'passed' || kind === 'advised' || kind === 'failed' || kind === 'skipped';

/** The step that runs or asks. */
export function currentStep({ steps, currentId }: Running): DiagnosisStep | null {
  return steps.find(({ id }) => id === currentId) ?? null;
}
