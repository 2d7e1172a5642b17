import { randomBytes } from 'node:crypto';
import { chmod, stat } from 'node:fs/promises';
import { DiagnosisService } from '../../../electron/diagnosis/diagnosis-service';
import type { Surroundings } from '../../../electron/diagnosis/explain';
import type { DiagnosisMode } from '../../../electron/diagnosis/plan';
import { systemClock } from '../../../electron/system/clock';
import type { DiagnosisSnapshot, DiagnosisStep } from '../../../shared/model/diagnosis';
import type { Finding } from '../../../shared/model/diagnosis-finding';
import type { LookPrompt } from '../../../shared/model/prompt';
import { wayTo } from '../../../shared/model/way';
import { type LabConnection, type LabConnectionOptions, makeLabConnection } from './lab-connection';

/** A real diagnosis of one machine, driven as the app drives it. */
export interface LabDiagnosis {
  readonly service: DiagnosisService;
  /** The pool of the same machine. */
  readonly lab: LabConnection;
  /** Every snapshot so far. */
  readonly seen: readonly DiagnosisSnapshot[];
  /** Runs it to its end. */
  run(mode?: DiagnosisMode): Promise<DiagnosisSnapshot>;
  start(mode?: DiagnosisMode): void;
  finished(): Promise<DiagnosisSnapshot>;
  /** The next question that it puts off until the user wants it. */
  nextQuestion(): Promise<LookPrompt>;
  giveSecret(secret: string): Promise<void>;
  close(): Promise<void>;
}

export interface LabDiagnosisOptions extends LabConnectionOptions {
  readonly surroundings?: Partial<Surroundings>;
}

/** Call `close()` when done. */
export async function makeLabDiagnosis(options: LabDiagnosisOptions): Promise<LabDiagnosis> {
  const lab = await makeLabConnection(options);
  const seen: DiagnosisSnapshot[] = [];
  const listeners = new Set<() => void>();
  const service = new DiagnosisService({
    ...lab.login,
    clock: systemClock,
    wayTo: () => wayTo(lab.machine, options.machines ?? []),
    random: randomBytes,
    surroundings: async () => ({
      resolvers: ['192.0.2.53'],
      isOffline: false,
      knownNames: [],
      ...options.surroundings,
    }),
    mendKeyFile: (path) => chmod(path, 0o600),
    isKeyOpenToOthers: async (path) => ((await stat(path)).mode & 0o077) !== 0,
    onChanged: (snapshot) => {
      seen.push(snapshot);
      for (const listener of [...listeners]) listener();
    },
  });
  const next = <T>(pick: (snapshot: DiagnosisSnapshot) => T | undefined) =>
    new Promise<T>((resolve) => {
      const check = () => {
        const latest = seen.at(-1);
        const picked = latest && pick(latest);
        if (picked === undefined) return;
        listeners.delete(check);
        resolve(picked);
      };
      listeners.add(check);
      check();
    });
  const start = (mode?: DiagnosisMode) => service.start(lab.machineId, mode);
  const finished = () => next((snapshot) => (snapshot.state.kind === 'finished' ? snapshot : undefined));
  const nextQuestion = () =>
    next(
      ({ steps }) =>
        steps
          .map(({ state }) => state)
          .flatMap((state) => (state.kind === 'asking' ? [state.prompt] : []))[0],
    );
  return {
    service,
    lab,
    seen,
    start,
    finished,
    run: (mode) => {
      start(mode);
      return finished();
    },
    nextQuestion,
    giveSecret: async (secret) => {
      const { promptId } = await nextQuestion();
      service.answer({ kind: 'secret', promptId, secret, isRemembered: false });
    },
    close: async () => {
      service.stopAll();
      await lab.close();
    },
  };
}

/** The step of that id; its method, if any, need not be named. */
export function stepIn(snapshot: DiagnosisSnapshot, id: string): DiagnosisStep {
  const step = snapshot.steps.find((candidate) => candidate.id === id || candidate.id.startsWith(`${id}/`));
  if (step === undefined)
    throw new Error(`no step ${id} in ${snapshot.steps.map((each) => each.id).join(', ')}`);
  return step;
}

/** What was found at that step. */
export function findingIn(snapshot: DiagnosisSnapshot, id: string): Finding {
  const { state } = stepIn(snapshot, id);
  if (state.kind !== 'failed' && state.kind !== 'advised') throw new Error(`${id} is ${state.kind}`);
  return state.finding;
}

/** How each step ended, as `id: kind`, or `id: code` where something was found. */
export function courseOf({ steps }: DiagnosisSnapshot): readonly string[] {
  return steps.map(({ id, state }) => `${id}: ${'finding' in state ? state.finding.code : state.kind}`);
}
