import { access, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolderOnce, makeLinkedFolderOnce } from '../../../build/user-cache';

let parent: string;
let target: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'nuvem-test-'));
  target = join(parent, 'thing');
});

afterEach(() => rm(parent, { recursive: true }));

const write = (text: string) => (folder: string) => writeFile(join(folder, 'file'), text);
const written = () => readFile(join(target, 'file'), 'utf8');

describe.each([
  ['makeFolderOnce', makeFolderOnce],
  ['makeLinkedFolderOnce', makeLinkedFolderOnce],
])('%s', (_, make) => {
  test('makes the folder by filling it', async () => {
    await make(target, write('a'));
    expect(await written()).toBe('a');
  });

  test('leaves a folder that exists as it is', async () => {
    await make(target, write('a'));
    await make(target, write('b'));
    expect(await written()).toBe('a');
  });

  test('a folder half filled does not count and is cleared away', async () => {
    const breakOff = async (folder: string) => {
      await write('half')(folder);
      throw new Error('no space');
    };
    await expect(make(target, breakOff)).rejects.toThrow('no space');
    expect(await readdir(parent)).toEqual([]);
  });

  test('of two at once the first wins, and the second is content with it', async () => {
    let goOn = (): void => undefined;
    const firstIsDone = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const second = make(target, async (folder) => {
      await firstIsDone;
      await write('second')(folder);
    });
    await make(target, write('first'));
    goOn();
    await second;
    expect(await written()).toBe('first');
  });

  test('what a process left behind that was killed is cleared away', async () => {
    const pidOfNobody = 2 ** 22 + 1;
    const leftover = `${target}.${pidOfNobody}-abcdef`;
    await writeFile(leftover, '');
    await make(target, write('a'));
    await expect(access(leftover)).rejects.toThrow('ENOENT');
  });
});

test('a link whose folder was deleted is made anew', async () => {
  await symlink(join(parent, 'gone'), target);
  await makeLinkedFolderOnce(target, write('a'));
  expect(await written()).toBe('a');
});
