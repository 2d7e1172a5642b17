import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RecoverableStore, type StoreRecovery } from '../../../electron/system/recoverable-store';
import { openStoreFile } from '../../support/store-file';

const Schema = z.strictObject({ names: z.array(z.string()) });
type Data = z.infer<typeof Schema>;

let folder: string;
let recoveries: StoreRecovery[];
let writeFailures: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuvem-store-'));
  recoveries = [];
  writeFailures = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(
  options: { version?: number; migrations?: Record<number, (data: unknown) => unknown> } = {},
): RecoverableStore<Data> {
  return new RecoverableStore<Data>({
    folder,
    name: 'machines',
    version: 2,
    schema: Schema,
    initial: { names: [] },
    openFile: openStoreFile,
    nowMs: () => Date.UTC(2026, 0, 31, 12, 30, 5),
    onRecovered: (recovery) => recoveries.push(recovery),
    onWriteFailed: (file) => writeFailures.push(file),
    ...options,
  });
}

const path = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');
const putAsideFiles = (): string[] => readdirSync(folder).filter((name) => name.includes('.corrupt-'));

describe('a store that works', () => {
  it('starts with the initial value and tells of nothing', () => {
    expect(open().value()).toEqual({ names: [] });
    expect(recoveries).toEqual([]);
  });

  it('has what was written after a restart', () => {
    open().replace({ names: ['a.b', 'ç'] });
    expect(open().value()).toEqual({ names: ['a.b', 'ç'] });
  });

  it('keeps file and copy to the owner alone', () => {
    open().replace({ names: ['a'] });
    for (const name of ['machines.json', 'machines.last-good.json'])
      expect(statSync(path(name)).mode & 0o777).toBe(0o600);
  });

  it('narrows the mode of a file that others could read', () => {
    open().replace({ names: ['a'] });
    chmodSync(path('machines.json'), 0o644);
    open().replace({ names: ['b'] });
    expect(statSync(path('machines.json')).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing else behind', () => {
    open().replace({ names: ['a'] });
    expect(readdirSync(folder).sort()).toEqual(['machines.json', 'machines.last-good.json']);
  });

  it('brings older data to the present version', () => {
    writeFileSync(path('machines.json'), JSON.stringify({ version: 1, data: ['old'] }));
    const migrations = { 1: (data: unknown) => ({ names: data }) };
    expect(open({ migrations }).value()).toEqual({ names: ['old'] });
    expect(JSON.parse(read('machines.json'))).toEqual({ version: 2, data: { names: ['old'] } });
    expect(recoveries).toEqual([]);
  });
});

describe.each([
  ['cut off', (whole: string) => whole.slice(0, whole.length / 2)],
  ['empty', () => ''],
  ['not JSON', () => 'names: a'],
  ['binary', () => '\0\0\0\0'],
  ['of another shape', () => JSON.stringify({ version: 2, data: { names: 'a' } })],
  ['with an unknown field', () => JSON.stringify({ version: 2, data: { names: [], more: 1 } })],
  ['without a version', () => JSON.stringify({ names: ['a'] })],
  ['of a newer version', () => JSON.stringify({ version: 3, data: { names: ['new'] } })],
  ['of an older version without a migration', () => JSON.stringify({ version: 1, data: { names: ['old'] } })],
])('a file that is %s', (_what, damage) => {
  it('is put aside unchanged, and the last good copy takes its place', () => {
    open().replace({ names: ['kept'] });
    const damaged = damage(read('machines.json'));
    writeFileSync(path('machines.json'), damaged);

    expect(open().value()).toEqual({ names: ['kept'] });
    expect(putAsideFiles()).toEqual(['machines.corrupt-2026-01-31T12-30-05-000Z.json']);
    expect(read(putAsideFiles()[0] as string)).toBe(damaged);
    expect(recoveries).toEqual([
      {
        kind: 'restored-from-copy',
        file: path('machines.json'),
        putAside: path(putAsideFiles()[0] as string),
      },
    ]);

    recoveries = [];
    expect(open().value()).toEqual({ names: ['kept'] });
    expect(recoveries).toEqual([]);
  });

  it('without a copy is put aside, and the store starts anew', () => {
    writeFileSync(path('machines.json'), damage(JSON.stringify({ version: 2, data: { names: ['lost'] } })));
    const store = open();
    expect(store.value()).toEqual({ names: [] });
    expect(recoveries).toMatchObject([{ kind: 'reset' }]);
    expect(putAsideFiles()).toHaveLength(1);
    store.replace({ names: ['new'] });
    expect(open().value()).toEqual({ names: ['new'] });
  });
});

describe('a file that is lost or out of reach', () => {
  it('comes back from the copy when it was deleted', () => {
    open().replace({ names: ['kept'] });
    rmSync(path('machines.json'));
    expect(open().value()).toEqual({ names: ['kept'] });
    expect(recoveries).toMatchObject([{ kind: 'restored-from-copy', putAside: null }]);
  });

  it('comes back from the copy when a folder is in its place', () => {
    open().replace({ names: ['kept'] });
    rmSync(path('machines.json'));
    mkdirSync(path('machines.json'));
    expect(open().value()).toEqual({ names: ['kept'] });
    expect(recoveries).toHaveLength(1);
  });

  it('is not harmed by a damaged copy, which is replaced', () => {
    open().replace({ names: ['kept'] });
    writeFileSync(path('machines.last-good.json'), '{');
    expect(open().value()).toEqual({ names: ['kept'] });
    expect(JSON.parse(read('machines.last-good.json'))).toEqual({ version: 2, data: { names: ['kept'] } });
    expect(recoveries).toEqual([]);
  });
});

describe('a write that fails', () => {
  it('changes nothing and says that the store could not be written', () => {
    const store = open();
    store.replace({ names: ['a'] });
    rmSync(path('machines.json'));
    mkdirSync(path('machines.json'));
    expect(() => store.replace({ names: ['b'] })).toThrow(
      expect.objectContaining({
        code: 'store-write-failed',
        params: expect.objectContaining({ file: path('machines.json') }),
      }),
    );
    expect(store.value()).toEqual({ names: ['a'] });
  });

  it('tells of a copy that could not be written, but keeps what the user did', () => {
    const store = open();
    store.replace({ names: ['a'] });
    rmSync(path('machines.last-good.json'));
    mkdirSync(path('machines.last-good.json'));
    store.replace({ names: ['b'] });
    expect(store.value()).toEqual({ names: ['b'] });
    expect(writeFailures).toEqual([path('machines.last-good.json')]);
    expect(JSON.parse(read('machines.json'))).toEqual({ version: 2, data: { names: ['b'] } });
  });

  it('refuses a value that is not of the schema before touching the file', () => {
    const store = open();
    store.replace({ names: ['a'] });
    expect(() => store.replace({ names: [1] } as never)).toThrow();
    expect(open().value()).toEqual({ names: ['a'] });
  });
});
