import { expect, test } from 'vitest';
import {
  noOpenedNotebooks,
  OpenedNotebooks,
  type OpenedNotebooksData,
} from '../../../../electron/jupyter/home/opened-notebooks';
import { AppError } from '../../../../shared/errors/app-error';
import type { MachineId } from '../../../../shared/model/machine';
import { pathBelow } from '../../../../shared/model/opened-notebook';
import { uuid } from '../../../support/samples';

function remembering() {
  const world = {
    data: noOpenedNotebooks as OpenedNotebooksData,
    isDiskFull: false,
    nowMs: 0,
    revisions: [] as number[],
    failures: 0,
  };
  const opened = new OpenedNotebooks({
    store: {
      value: () => world.data,
      replace: (data) => {
        if (world.isDiskFull) throw new AppError('store-disk-full');
        world.data = data;
      },
    },
    nowMs: () => world.nowMs,
    onChanged: ({ revision }) => world.revisions.push(revision),
    onWriteFailed: () => {
      world.failures += 1;
    },
  });
  const pathsOf = (id: MachineId) =>
    opened.snapshot().notebooks.flatMap(({ machineId, path }) => (machineId === id ? [path] : []));
  return { world, opened, pathsOf };
}
const [one, two] = [uuid<MachineId>(1), uuid<MachineId>(2)];

test('the notebook opened last comes first, each once, with when that was', () => {
  const { world, opened } = remembering();
  for (const path of ['/a.ipynb', '/b.ipynb', '/a.ipynb']) {
    world.nowMs += 10;
    opened.opened(one, path);
  }
  expect(opened.snapshot().notebooks).toEqual([
    { machineId: one, path: '/a.ipynb', openedAtMs: 30 },
    { machineId: one, path: '/b.ipynb', openedAtMs: 20 },
  ]);
  expect(world.revisions).toEqual([1, 2, 3]);
});

test('thirty of each machine are kept, whatever happens on another one', () => {
  const { opened, pathsOf } = remembering();
  opened.opened(two, '/of-two.ipynb');
  for (let number = 0; number < 40; number += 1) opened.opened(one, `/${number}.ipynb`);
  expect(pathsOf(one)).toHaveLength(30);
  expect(pathsOf(one)[0]).toBe('/39.ipynb');
  expect(pathsOf(one).at(-1)).toBe('/10.ipynb');
  expect(pathsOf(two)).toEqual(['/of-two.ipynb']);
});

test('one is forgotten, or all of a machine', () => {
  const { opened, pathsOf } = remembering();
  for (const path of ['/a.ipynb', '/b.ipynb', '/c.ipynb']) opened.opened(one, path);
  opened.opened(two, '/a.ipynb');
  opened.forget(one, '/b.ipynb');
  expect(pathsOf(one)).toEqual(['/c.ipynb', '/a.ipynb']);
  opened.forget(one, null);
  expect(pathsOf(one)).toEqual([]);
  expect(pathsOf(two)).toEqual(['/a.ipynb']);
});

test('a full disk keeps nobody from opening a notebook, but forgetting says that it failed', () => {
  const { world, opened } = remembering();
  opened.opened(one, '/a.ipynb');
  world.isDiskFull = true;
  opened.opened(one, '/b.ipynb');
  expect(world.failures).toBe(1);
  expect(() => opened.forget(one, null)).toThrow(expect.objectContaining({ code: 'store-disk-full' }));
});

test.each([
  ['/home/ana', '/home/ana/a/b.ipynb', 'a/b.ipynb'],
  ['/', '/data/b.ipynb', 'data/b.ipynb'],
  ['/home/ana', '/home/anabel/b.ipynb', null],
  ['', '/home/ana/b.ipynb', null],
])('below %s, %s is %s', (folder, path, below) => {
  expect(pathBelow(folder, path)).toBe(below);
});
