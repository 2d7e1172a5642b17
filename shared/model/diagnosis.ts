import { z } from 'zod';
import { Finding } from './diagnosis-finding';
import { LogEntry } from './log-entry';
import { MachineId } from './machine';
import { LookPrompt } from './prompt';

/** What is looked at on the way into a machine; the texts are `diagnosis:step.<kind>`. */
export const stepKinds = [
  'route',
  'identity',
  'name',
  'proxy',
  'reach',
  'greeting',
  'algorithms',
  'hostKey',
  'signIn',
  'command',
  'storage',
  'clock',
  'tcpForwarding',
  'socketForwarding',
  'permissions',
] as const;
export type StepKind = (typeof stepKinds)[number];

export const StepState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pending') }),
  z.strictObject({ kind: z.literal('running') }),
  /** Waits for the user, who has not been bothered with the question yet. */
  z.strictObject({ kind: z.literal('asking'), prompt: LookPrompt }),
  z.strictObject({ kind: z.literal('passed'), elapsedMs: z.number() }),
  z.strictObject({ kind: z.literal('advised'), elapsedMs: z.number(), finding: Finding }),
  z.strictObject({ kind: z.literal('failed'), elapsedMs: z.number(), finding: Finding }),
  /** Not reached, or it can't be told. */
  z.strictObject({ kind: z.literal('skipped') }),
]);
export type StepState = Readonly<z.infer<typeof StepState>>;

export const DiagnosisStep = z.strictObject({
  /** Unique in its diagnosis. */
  id: z.string(),
  kind: z.enum(stepKinds),
  /** Null: this computer. Counted from 0; the last hop is the machine itself. */
  hop: z.number().int().nullable(),
  /** Of `signIn`: the method being tried, as in the connection log. */
  method: z.string().nullable(),
  state: StepState,
  /** What happened in this step. */
  entries: z.array(LogEntry).readonly(),
});
export type DiagnosisStep = Readonly<z.infer<typeof DiagnosisStep>>;

/** `trouble`: it fails at a step; `advice`: it works, but something should be mended; `stopped`: by the user. */
export const verdicts = ['works', 'advice', 'trouble', 'stopped'] as const;

export const DiagnosisState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('finished'), verdict: z.enum(verdicts), atMs: z.number() }),
]);
export type DiagnosisState = Readonly<z.infer<typeof DiagnosisState>>;

/** How far the diagnosis of a machine's connection is, or what the last one of this run of Nuvem found. */
export const DiagnosisSnapshot = z.strictObject({
  machineId: MachineId,
  /** Grows with every change. */
  revision: z.number().int(),
  state: DiagnosisState,
  /** Names of the servers on the way, the machine itself last. */
  hops: z.array(z.string()).readonly(),
  steps: z.array(DiagnosisStep).readonly(),
});
export type DiagnosisSnapshot = Readonly<z.infer<typeof DiagnosisSnapshot>>;

/** The finding of the step that fails; else the first advice. */
export function mainFinding(
  steps: readonly DiagnosisStep[],
): { step: DiagnosisStep; finding: Finding } | null {
  for (const kind of ['failed', 'advised'] as const) {
    for (const step of steps) if (step.state.kind === kind) return { step, finding: step.state.finding };
  }
  return null;
}
