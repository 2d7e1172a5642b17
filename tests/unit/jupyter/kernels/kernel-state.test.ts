import { expect, test } from 'vitest';
import {
  type KernelIncident,
  type KernelNews,
  learn,
  type WatchedKernels,
} from '../../../../electron/jupyter/kernels/kernel-state';
import type { ListedKernel } from '../../../../electron/jupyter/kernels/kernels-client';
import type { Kernel, KernelId, KernelState } from '../../../../shared/model/kernel';

const kernelId = 'kernel-1' as KernelId;
const second = 1000;

/** What a watch of one kernel learns, step by step. */
class Course {
  #kernels: WatchedKernels = new Map();
  readonly incidents: KernelIncident[] = [];

  get kernel(): Kernel | undefined {
    return this.#kernels.get(kernelId)?.kernel;
  }

  learn(news: KernelNews): this {
    const step = learn(this.#kernels, news);
    this.#kernels = step.kernels;
    this.incidents.push(...step.incidents);
    return this;
  }

  listed(state: KernelState, atMs: number, part: Partial<ListedKernel> & { isHeard?: boolean } = {}): this {
    const { isHeard = false, ...rest } = part;
    const kernel = { id: kernelId, name: 'python3', state, lastActivityMs: atMs, connections: 0, ...rest };
    const session = { id: 's', type: 'notebook', path: 'a/train.ipynb', name: 'train.ipynb' } as const;
    return this.learn({
      kind: 'listed',
      kernels: [kernel],
      sessions: new Map([[kernelId, [session]]]),
      displayNames: new Map([['python3', 'Python 3']]),
      isHeard,
      atMs,
    });
  }

  published(state: KernelState, atMs: number, messageId = 'cell', processSession = 'first'): this {
    const work = { isWork: messageId !== 'other', messageId, processSession };
    return this.learn({ kind: 'published', kernelId, state, atMs, ...work });
  }

  failed(messageId = 'cell'): this {
    return this.learn({ kind: 'failed', kernelId, messageId });
  }

  told(atMs: number): this {
    return this.learn({ kind: 'toldToEnd', kernelId, atMs });
  }

  get toldOf(): readonly string[] {
    return this.incidents.map((incident) =>
      incident.kind === 'runEnded'
        ? `${incident.outcome} after ${incident.durationMs / second} s`
        : incident.kind,
    );
  }
}

test('a kernel is shown with its name, its notebook and since when it works', () => {
  const { kernel } = new Course().listed('busy', 5 * second, { connections: 2 });
  expect(kernel).toEqual({
    id: kernelId,
    name: 'python3',
    displayName: 'Python 3',
    state: 'busy',
    lastActivityMs: 5 * second,
    busySinceMs: 5 * second,
    connections: 2,
    sessions: [{ id: 's', type: 'notebook', path: 'a/train.ipynb', name: 'train.ipynb' }],
  });
});

test('a cell that is heard from its start to its end is told with its length and outcome', () => {
  const course = new Course().listed('idle', 0);
  course.published('busy', second).published('idle', 71 * second);
  course
    .published('busy', 80 * second, 'bad')
    .failed('bad')
    .published('idle', 90 * second, 'bad');
  expect(course.toldOf).toEqual(['ok after 70 s', 'failed after 10 s']);
  expect(course.kernel).toMatchObject({ state: 'idle', busySinceMs: null, lastActivityMs: 90 * second });
});

test('cells that follow each other are told one by one', () => {
  const course = new Course().listed('idle', 0);
  course.published('busy', second, 'one').published('idle', 2 * second, 'one');
  course.published('busy', 2 * second, 'two').published('idle', 5 * second, 'two');
  expect(course.toldOf).toEqual(['ok after 1 s', 'ok after 3 s']);
});

test('a completion or a question for the version is no cell', () => {
  const course = new Course().listed('idle', 0);
  course.published('busy', second, 'other').published('idle', 2 * second, 'other');
  expect(course.toldOf).toEqual([]);
  expect(course.kernel?.state).toBe('idle');
});

test('a cell that was under way before anybody listened ends with an outcome that nobody knows, or with its error', () => {
  const unknown = new Course().listed('busy', 0).published('idle', 9 * second);
  expect(unknown.toldOf).toEqual(['unknown after 9 s']);
  const failed = new Course()
    .listed('busy', 0)
    .failed()
    .published('idle', 9 * second);
  expect(failed.toldOf).toEqual(['failed after 9 s']);
});

test('a cell that began before its kernel was heard has its whole length, and its outcome once it is listened to', () => {
  const early = { isHeard: true, lastActivityMs: 10 * second };
  const ok = new Course().listed('busy', 12 * second, early).published('idle', 18 * second);
  expect(ok.toldOf).toEqual(['ok after 8 s']);
  const failed = new Course()
    .listed('busy', 12 * second, early)
    .failed()
    .published('idle', 18 * second);
  expect(failed.toldOf).toEqual(['failed after 8 s']);
  const hasJustBegun = new Course().listed('busy', 12 * second, early).published('idle', 14 * second);
  expect(hasJustBegun.toldOf).toEqual(['unknown after 4 s']);
  const silent = new Course().listed('busy', 12 * second, early).learn({ kind: 'silenced' });
  silent.listed('busy', 30 * second, { isHeard: true }).published('idle', 31 * second);
  expect(silent.toldOf).toEqual(['unknown after 21 s']);
});

test('a kernel that is restarted is shown to be, from the press until it has begun anew', () => {
  const heard = new Course().listed('idle', 0, { isHeard: true }).published('idle', second);
  heard.learn({ kind: 'toldToRestart', kernelId, atMs: 2 * second });
  expect(heard.kernel).toMatchObject({ state: 'restarting', busySinceMs: null });
  heard.published('idle', 2 * second, 'other').published('starting', 3 * second, 'other', 'second');
  expect(heard.kernel?.state).toBe('starting');
  heard.published('idle', 4 * second, 'other', 'second');
  expect(heard.kernel?.state).toBe('idle');
  const asked = new Course().listed('busy', 0);
  asked.learn({ kind: 'toldToRestart', kernelId, atMs: second });
  expect(asked.kernel?.state).toBe('restarting');
  expect(asked.listed('idle', 3 * second).kernel?.state).toBe('idle');
  expect([...heard.toldOf, ...asked.toldOf]).toEqual([]);
});

test('a cell that ends while the connection is away has ended when the server last heard of it', () => {
  const course = new Course().listed('idle', 0).published('busy', 10 * second);
  course.learn({ kind: 'silenced' });
  course.listed('idle', 500 * second, { lastActivityMs: 100 * second });
  expect(course.toldOf).toEqual(['unknown after 90 s']);
});

test('by asking alone, the end of work is told without an outcome', () => {
  const course = new Course()
    .listed('idle', 0)
    .listed('busy', 2 * second)
    .listed('busy', 60 * second);
  course.listed('idle', 64 * second, { lastActivityMs: 63 * second });
  expect(course.toldOf).toEqual(['unknown after 61 s']);
});

test('another process under the same kernel has been started because the first ended by itself', () => {
  const course = new Course().listed('idle', 0).published('busy', second);
  course.published('starting', 5 * second, 'other', 'second');
  expect(course.toldOf).toEqual(['restartedByItself']);
  expect(course.kernel?.state).toBe('starting');
  course.published('idle', 6 * second, 'other', 'second');
  expect(course.kernel?.state).toBe('idle');
  course.published('busy', 7 * second, 'next', 'second').published('idle', 8 * second, 'next', 'second');
  expect(course.toldOf).toEqual(['restartedByItself', 'ok after 1 s']);
});

test('the number of its process tells of another one, too, and both signs are one', () => {
  const process = (pid: number, atMs: number): KernelNews => ({ kind: 'process', kernelId, pid, atMs });
  const course = new Course().listed('idle', 0).published('idle', second).learn(process(7, second));
  course.learn(process(8, 10 * second)).published('starting', 11 * second, 'other', 'second');
  expect(course.toldOf).toEqual(['restartedByItself']);
  course.learn(process(8, 50 * second)).learn(process(9, 100 * second));
  expect(course.toldOf).toEqual(['restartedByItself', 'restartedByItself']);
});

test('restarts that were asked for are no news where the machine is slow to find the number of the new process', () => {
  const process = (pid: number, atMs: number): KernelNews => ({ kind: 'process', kernelId, pid, atMs });
  const course = new Course().listed('idle', 0).published('idle', second).learn(process(7, second));
  course.told(2 * second).published('starting', 3 * second, 'other', 'second');
  course.learn(process(8, 40 * second));
  course.told(50 * second).published('starting', 51 * second, 'other', 'third');
  course.told(55 * second).published('starting', 56 * second, 'other', 'fourth');
  course.learn(process(10, 90 * second));
  expect(course.toldOf).toEqual([]);
  course.published('starting', 95 * second, 'other', 'fifth');
  course.published('starting', 99 * second, 'other', 'sixth');
  expect(course.toldOf).toEqual(['restartedByItself', 'restartedByItself']);
});

test('a restart or an end that somebody asked for is no news, and covers no later one', () => {
  const course = new Course()
    .listed('idle', 0)
    .published('idle', second)
    .told(2 * second);
  course.published('starting', 3 * second, 'other', 'second');
  expect(course.toldOf).toEqual([]);
  course.published('starting', 40 * second, 'other', 'third');
  expect(course.toldOf).toEqual(['restartedByItself']);
  const dead = new Course()
    .listed('idle', 0)
    .told(second)
    .listed('dead', 3 * second);
  expect(dead.toldOf).toEqual([]);
  const later = new Course()
    .listed('idle', 0)
    .told(second)
    .listed('dead', 3600 * second);
  expect(later.toldOf).toEqual(['died']);
});

test('work that a restart on request ends was not finished', () => {
  const course = new Course()
    .listed('busy', 0)
    .told(70 * second)
    .listed('idle', 72 * second);
  expect(course.toldOf).toEqual([]);
  expect(course.kernel?.state).toBe('idle');
});

test('a kernel that the server gives up has died, once', () => {
  const course = new Course()
    .listed('busy', 0)
    .listed('dead', 5 * second)
    .listed('dead', 9 * second);
  expect(course.toldOf).toEqual(['died']);
  expect(course.kernel?.state).toBe('dead');
});

test('an answer that was on its way while the cell ended changes nothing; a server that insists is believed', () => {
  const course = new Course()
    .listed('idle', 0)
    .published('busy', second)
    .published('idle', 2 * second);
  course.listed('busy', 2 * second, { isHeard: true });
  expect(course.kernel?.state).toBe('idle');
  course.listed('idle', 4 * second, { isHeard: true }).listed('busy', 6 * second, { isHeard: true });
  expect(course.kernel?.state).toBe('idle');
  course.listed('busy', 8 * second, { isHeard: true });
  expect(course.kernel?.state).toBe('busy');
});

test('a kernel that the server tells of no more is gone without a word', () => {
  const course = new Course().listed('busy', 0);
  const none = { sessions: new Map(), displayNames: new Map(), isHeard: true, atMs: second };
  course.learn({ kind: 'listed', kernels: [], ...none });
  expect(course.kernel).toBeUndefined();
  expect(course.toldOf).toEqual([]);
});

test('what is heard of a kernel that the server has not told of yet waits for the server', () => {
  expect(new Course().published('busy', second).kernel).toBeUndefined();
});
