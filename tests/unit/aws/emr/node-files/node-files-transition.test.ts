import { describe, expect, test } from 'vitest';
import {
  type NodeFilesEvent,
  type NodeFilesWork,
  nodeFilesTransition,
  shownNodeFiles,
} from '../../../../../electron/aws/emr/node-files/node-files-transition';
import { mostNodeFiles, type NodeFile } from '../../../../../shared/model/emr-node-files';
import { report } from '../../../../support/samples';

const file = (path: string, modifiedAtMs = 0): NodeFile => ({ path, modifiedAtMs, sizeBytes: 10 });
const files = [file('/home/hadoop/a.csv', 5), file('/home/hadoop/b.ipynb', 1), file('/home/hadoop/c.py', 9)];
const stateAfter = (...events: readonly NodeFilesEvent[]): NodeFilesWork =>
  events.reduce(nodeFilesTransition, { kind: 'idle' } as NodeFilesWork);

const looked: readonly NodeFilesEvent[] = [
  { kind: 'lookStarted' },
  { kind: 'looked', files, unread: ['/home/hadoop/z', '/home/hadoop/secret'] },
];
const started: NodeFilesEvent = { kind: 'copyStarted', folder: '/tmp/kept', allFiles: 3, allBytes: 30 };
const missing = [{ path: '/home/hadoop/c.py', reason: 'changed' }] as const;

describe('looking at the disk', () => {
  test('lists notebooks first, then what was written last', () => {
    expect(stateAfter(...looked)).toEqual({
      kind: 'found',
      files: [files[1], files[2], files[0]],
      unread: ['/home/hadoop/secret', '/home/hadoop/z'],
      isCut: false,
      folder: null,
      copied: [],
      missing: [],
    });
  });

  test('lists no more than anybody goes through, and says so', () => {
    const many = Array.from({ length: mostNodeFiles + 1 }, (_, index) => file(`/home/hadoop/${index}`));
    const state = stateAfter({ kind: 'lookStarted' }, { kind: 'looked', files: many, unread: [] });
    expect(state).toMatchObject({ kind: 'found', isCut: true });
    expect(state.kind === 'found' && state.files).toHaveLength(mostNodeFiles);
  });

  test('may fail, and be begun again', () => {
    const failed = stateAfter(
      { kind: 'lookStarted' },
      { kind: 'lookFailed', error: report('connection-refused') },
    );
    expect(failed).toMatchObject({ kind: 'failed', error: { code: 'connection-refused' } });
    expect(nodeFilesTransition(failed, { kind: 'lookStarted' })).toEqual({ kind: 'looking' });
  });
});

describe('copying', () => {
  test('tells how far it is, and not again what was found', () => {
    const copying = stateAfter(...looked, started, { kind: 'progressed', doneFiles: 1, doneBytes: 12 });
    expect(shownNodeFiles(copying)).toEqual({
      kind: 'copying',
      folder: '/tmp/kept',
      doneFiles: 1,
      allFiles: 3,
      doneBytes: 12,
      allBytes: 30,
    });
  });

  test('that leaves something out says what, and goes on from there', () => {
    const ended: NodeFilesEvent = { kind: 'copyEnded', copied: ['/home/hadoop/b.ipynb'], missing };
    const first = stateAfter(...looked, started, ended);
    expect(first).toMatchObject({ kind: 'found', folder: '/tmp/kept', missing });
    const again = [
      started,
      { kind: 'copyEnded', copied: ['/home/hadoop/c.py'], missing: [] },
    ] as const satisfies readonly NodeFilesEvent[];
    expect(again.reduce(nodeFilesTransition, first)).toMatchObject({
      files: [files[1], files[2], files[0]],
      copied: ['/home/hadoop/b.ipynb', '/home/hadoop/c.py'],
      missing: [],
    });
  });

  test('is not disturbed by a look', () => {
    const copying = stateAfter(...looked, started);
    expect(nodeFilesTransition(copying, { kind: 'lookStarted' })).toBe(copying);
  });
});

test.each<NodeFilesEvent>([
  { kind: 'looked', files, unread: [] },
  { kind: 'lookFailed', error: report('connection-lost') },
  started,
  { kind: 'progressed', doneFiles: 1, doneBytes: 1 },
  { kind: 'copyEnded', copied: [], missing },
])('$kind comes too late when nobody looks any more', (event) => {
  expect(stateAfter(...looked, { kind: 'left' }, event)).toEqual({ kind: 'idle' });
});
