import { AppError } from '../../shared/errors/app-error';
import type { DiagnosisSnapshot, DiagnosisState } from '../../shared/model/diagnosis';
import type { MachineId } from '../../shared/model/machine';
import type { PromptAnswer } from '../../shared/model/prompt';
import type { Way } from '../../shared/model/way';
import { type Course, initialCourse } from './course';
import { DiagnosisRun, type DiagnosisRunDeps } from './diagnosis-run';
import { triedFingerprints } from './explain-refusal';
import type { DiagnosisMode } from './plan';
import { transition } from './transition';

export interface DiagnosisServiceDeps
  extends Omit<DiagnosisRunDeps, 'course' | 'dispatch' | 'ask' | 'wayTo' | 'refusedKeys'> {
  /** @throws machine-not-found, jump-loop, jump-machine-missing */
  readonly wayTo: (machineId: MachineId) => Way;
  /** Lets only the owner read a key file. @throws key-file-unwritable */
  readonly mendKeyFile: (path: string) => Promise<void>;
  readonly onChanged: (snapshot: DiagnosisSnapshot) => void;
}

interface Patient {
  course: Course;
  revision: number;
  hops: readonly string[];
  /** Fingerprints of the keys that its server refused when it was last looked at. */
  refusedKeys: readonly string[];
  abort: AbortController;
  question: {
    readonly promptId: string;
    readonly resolve: (answer: PromptAnswer) => void;
    readonly reject: (error: AppError) => void;
  } | null;
}

/** Finds out, on request only, why machines can't be connected to: one run per machine at a time. */
export class DiagnosisService {
  readonly #patients = new Map<MachineId, Patient>();

  constructor(private readonly deps: DiagnosisServiceDeps) {}

  snapshots(): readonly DiagnosisSnapshot[] {
    return [...this.#patients].map(([machineId, patient]) => snapshotOf(machineId, patient));
  }

  /** Begins anew; a run that is under way is given up. Progress and findings are in the snapshots. */
  start(machineId: MachineId, mode: DiagnosisMode = 'full'): void {
    const patient = this.#patient(machineId);
    this.#abort(patient);
    const abort = new AbortController();
    patient.abort = abort;
    const runId = patient.course.runId + 1;
    const dispatch: DiagnosisRunDeps['dispatch'] = (event) => {
      if (patient.abort !== abort) return;
      const { clock } = this.deps;
      const moment = { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
      const next = transition(patient.course, runId, event, moment);
      if (next === patient.course) return;
      patient.course = next;
      if (next.kind === 'finished' && mode === 'full') patient.refusedKeys = triedFingerprints(next.steps);
      this.#publish(machineId, patient);
    };
    const run = new DiagnosisRun(
      mode,
      {
        ...this.deps,
        wayTo: () => {
          const way = this.deps.wayTo(machineId);
          patient.hops = way.hops.map(({ name }) => name);
          return way;
        },
        refusedKeys: patient.refusedKeys,
        course: () => patient.course,
        dispatch,
        ask: (prompt) =>
          new Promise((resolve, reject) => {
            if (abort.signal.aborted) return reject(new AppError('cancelled'));
            patient.question = {
              promptId: prompt.promptId,
              reject,
              resolve: (answer) => {
                dispatch({ kind: 'answered' });
                if (answer.kind === 'cancel') reject(new AppError('cancelled'));
                else resolve(answer);
              },
            };
            dispatch({ kind: 'asked', prompt });
          }),
      },
      abort.signal,
    );
    void run.run();
  }

  /** An answer to a question that is not open any more is ignored. */
  answer(answer: PromptAnswer): void {
    for (const patient of this.#patients.values()) {
      if (patient.question?.promptId !== answer.promptId) continue;
      const { resolve } = patient.question;
      patient.question = null;
      resolve(answer);
    }
  }

  /** Gives up a run; what it found so far stays. */
  stop(machineId: MachineId): void {
    const patient = this.#patients.get(machineId);
    if (patient !== undefined) this.#abort(patient);
  }

  /**
   * Lets only the owner read the key file of a server on the way.
   * @throws machine-not-found, key-file-unwritable, invalid-request when none is used there
   */
  async mendKeyFile(machineId: MachineId, hop: number): Promise<void> {
    const identity = this.deps.wayTo(machineId).hops[hop]?.identity;
    if (identity?.kind !== 'keyFile') throw new AppError('invalid-request');
    await this.deps.mendKeyFile(identity.path);
  }

  stopAll(): void {
    for (const patient of this.#patients.values()) this.#abort(patient);
  }

  #abort(patient: Patient): void {
    patient.abort.abort();
    patient.question?.reject(new AppError('cancelled'));
    patient.question = null;
  }

  #patient(machineId: MachineId): Patient {
    let patient = this.#patients.get(machineId);
    if (patient === undefined) {
      patient = {
        course: initialCourse,
        revision: 0,
        hops: [],
        refusedKeys: [],
        abort: new AbortController(),
        question: null,
      };
      this.#patients.set(machineId, patient);
    }
    return patient;
  }

  #publish(machineId: MachineId, patient: Patient): void {
    patient.revision += 1;
    this.deps.onChanged(snapshotOf(machineId, patient));
  }
}

function snapshotOf(machineId: MachineId, { course, revision, hops }: Patient): DiagnosisSnapshot {
  return { machineId, revision, hops, state: stateOf(course), steps: course.steps };
}

/** What the window may know of a course. */
function stateOf(course: Course): DiagnosisState {
  switch (course.kind) {
    case 'idle':
    case 'running':
      return { kind: course.kind };
    case 'finished': {
      const has = (kind: string) => course.steps.some(({ state }) => state.kind === kind);
      const verdict = has('failed')
        ? 'trouble'
        : course.isStopped
          ? 'stopped'
          : has('advised')
            ? 'advice'
            : 'works';
      return { kind: 'finished', atMs: course.atMs, verdict };
    }
  }
}
