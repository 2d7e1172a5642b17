import type { DiagnosisStep, StepState } from '../../shared/model/diagnosis';
import { type Finding, findingTable } from '../../shared/model/diagnosis-finding';
import type { LogEntry } from '../../shared/model/log-entry';
import { assertNever } from '../../shared/util/assert-never';
import { type Course, type CourseEvent, currentStep, isOver, type Running } from './course';
import { meaningOf } from './log-meaning';
import { stepOf } from './plan';

export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
}

/** The whole course of a diagnosis: pure. An event that does not fit, or is of an earlier run, changes nothing. */
export function transition(course: Course, runId: number, event: CourseEvent, moment: Moment): Course {
  if (event.kind === 'started') {
    return {
      kind: 'running',
      runId,
      steps: event.steps,
      currentId: null,
      sinceMonotonicMs: moment.monotonicMs,
    };
  }
  if (course.kind !== 'running' || runId !== course.runId) return course;
  switch (event.kind) {
    case 'planned':
      return { ...course, steps: withKnownStates(event.steps, course.steps) };
    case 'stepBegan':
      return begin(course, event.stepId, moment);
    case 'stepEnded':
      return endCurrent(course, event.finding, moment);
    case 'stepSkipped':
      return setCurrent(course, { kind: 'skipped' });
    case 'logged':
      return onLogged(course, event.hop, event.entry, moment);
    case 'asked':
      return setCurrent(course, { kind: 'asking', prompt: event.prompt });
    case 'answered':
      return setCurrent(course, { kind: 'running' });
    case 'failed':
      return finish(endCurrent(withCurrent(course, moment), event.finding, moment), moment, false);
    case 'completed':
      return finish(course, moment, false);
    case 'stopped':
      return finish(course, moment, true);
    default:
      return assertNever(event);
  }
}

function withKnownStates(
  planned: readonly DiagnosisStep[],
  known: readonly DiagnosisStep[],
): readonly DiagnosisStep[] {
  return planned.map((step) => known.find(({ id }) => id === step.id) ?? step);
}

/** The first of a hop's steps of that kind that is not over. */
function openStep(course: Running, hop: number | null, kind: string): DiagnosisStep | undefined {
  return course.steps.find((step) => step.hop === hop && step.kind === kind && !isOver(step.state));
}

function onLogged(course: Running, hop: number | null, entry: LogEntry, moment: Moment): Course {
  const meaning = meaningOf(entry.code);
  let next = course;
  const isMethod = meaning?.kind === 'signIn' && !meaning.isOver;
  if (isMethod) next = withMethod(next, hop, String(entry.params.method));
  const reached = meaning === null ? undefined : openStep(next, hop, meaning.kind);
  if (reached !== undefined) next = reachStep(next, reached, moment);
  next = attach(next, entry);
  if (reached === undefined || !meaning?.isOver) return next;
  return beginNext(endCurrent(next, null, moment), reached, moment);
}

/** What came before a step that was reached has gone well, said or not. */
function reachStep(course: Running, reached: DiagnosisStep, moment: Moment): Running {
  if (course.currentId === reached.id) return course;
  const before = course.steps.slice(0, course.steps.indexOf(reached));
  const passedOver = before.filter((step) => step.hop === reached.hop && !isOver(step.state));
  const left = passedOver.reduce(
    (state, step) => endCurrent(begin(state, step.id, moment), null, moment),
    course,
  );
  return begin(left, reached.id, moment);
}

/** Another method than the planned one, or one more try, gets a step of its own, behind the one before. */
function withMethod(course: Running, hop: number | null, method: string): Running {
  const ofHop = course.steps.filter((step) => step.hop === hop && step.kind === 'signIn');
  if (ofHop.some((step) => step.method === method && !isOver(step.state))) return course;
  const last = ofHop.at(-1);
  if (last === undefined) return course;
  const tries = ofHop.filter((step) => step.method === method).length;
  const first = stepOf('signIn', hop, method);
  const step = tries === 0 ? first : { ...first, id: `${first.id}/${tries + 1}` };
  // A password that is asked for by questions is one method, not two.
  const isSame = !isOver(last.state) && last.method === 'password' && method === 'keyboard-interactive';
  const at = course.steps.indexOf(last);
  const replaced = { ...last, id: step.id, method };
  return {
    ...course,
    currentId: isSame && course.currentId === last.id ? step.id : course.currentId,
    steps: isSame ? course.steps.with(at, replaced) : course.steps.toSpliced(at + 1, 0, step),
  };
}

/** Within the way in, one step follows from the other; checks inside are begun one by one. */
function beginNext(course: Running, ended: DiagnosisStep, moment: Moment): Running {
  if (ended.kind === 'signIn') return course;
  const at = course.steps.findIndex(({ id }) => id === ended.id);
  const next = course.steps.slice(at + 1).find((step) => step.hop === ended.hop && !isOver(step.state));
  return next === undefined ? course : begin(course, next.id, moment);
}

function begin(course: Running, stepId: string, { monotonicMs }: Moment): Running {
  if (course.currentId === stepId) return course;
  return withStep({ ...course, currentId: stepId, sinceMonotonicMs: monotonicMs }, stepId, (step) => ({
    ...step,
    state: { kind: 'running' },
  }));
}

/** A failure between two steps is the next one's. */
function withCurrent(course: Running, moment: Moment): Running {
  const next = course.steps.find(({ state }) => !isOver(state));
  return course.currentId !== null || next === undefined ? course : begin(course, next.id, moment);
}

function endCurrent(course: Running, finding: Finding | null, { monotonicMs }: Moment): Running {
  const elapsedMs = Math.max(0, Math.round(monotonicMs - course.sinceMonotonicMs));
  const state: StepState =
    finding === null
      ? { kind: 'passed', elapsedMs }
      : findingTable[finding.code].weight === 'advice'
        ? { kind: 'advised', elapsedMs, finding }
        : { kind: 'failed', elapsedMs, finding };
  return { ...setCurrent(course, state), currentId: null };
}

function attach(course: Running, entry: LogEntry): Running {
  const step = currentStep(course) ?? course.steps.findLast(({ state }) => isOver(state));
  if (step === undefined || step === null) return course;
  return withStep(course, step.id, (found) => ({ ...found, entries: [...found.entries, entry] }));
}

function setCurrent(course: Running, state: StepState): Running {
  return course.currentId === null
    ? course
    : withStep(course, course.currentId, (step) => ({ ...step, state }));
}

function withStep(course: Running, id: string, change: (step: DiagnosisStep) => DiagnosisStep): Running {
  return { ...course, steps: course.steps.map((step) => (step.id === id ? change(step) : step)) };
}

/** What has not been reached by now never will be. */
function finish({ runId, steps }: Running, { nowMs }: Moment, isStopped: boolean): Course {
  const settled = steps.map((step) =>
    isOver(step.state) ? step : { ...step, state: { kind: 'skipped' as const } },
  );
  return { kind: 'finished', runId, isStopped, atMs: nowMs, steps: settled };
}
