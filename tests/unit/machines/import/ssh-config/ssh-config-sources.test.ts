import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  sshConfigFile,
  sshConfigOfUser,
} from '../../../../../electron/machines/import/ssh-config/ssh-config-sources';
import { makeTempFolder, type TempFolder } from '../../../../support/lab/temp-folder';

let home: TempFolder;
const around = () => ({ homeFolder: home.path, localUser: 'me', fs });
const inSsh = (name: string) => join(home.path, '.ssh', name);
beforeEach(async () => {
  home = await makeTempFolder('ssh-config-home');
  await fs.mkdir(inSsh(''));
});
afterEach(() => home.remove());

describe("the user's own configuration", () => {
  test('is found where there is one', async () => {
    const source = sshConfigOfUser(around());
    expect(await source.find()).toBeNull();
    await fs.writeFile(inSsh('config'), 'Host gpu\n  User ana\n');
    expect(await source.find()).toBe(inSsh('config'));
    const { items } = await source.read(inSsh('config'));
    expect(items.map(({ machine }) => machine.name)).toEqual(['gpu']);
  });

  test('that can not be read is refused in words', async () => {
    await fs.mkdir(inSsh('config'));
    const source = sshConfigOfUser(around());
    await expect(source.read(inSsh('config'))).rejects.toThrow(/import-file-not-text/);
    await expect(source.read(inSsh('gone'))).rejects.toMatchObject({
      code: 'import-file-unreadable',
      params: { path: inSsh('gone'), reason: 'ENOENT' },
    });
  });
});

describe('a file that is handed over', () => {
  test.each([
    ['# mine\nHost gpu\n', true],
    ['\tMATCH all\n', true],
    ['"Host"=gpu', true],
    ['Include conf.d/*', true],
    ['Hosts gpu', false],
    ['# Host gpu', false],
    ['nuvem: 1\n', false],
  ])('is known by its lines: %j', (text, isOurs) => {
    expect(sshConfigFile(around()).recognises(text)).toBe(isOurs);
  });

  test('is read when only its name is known, with what it includes from ~/.ssh', async () => {
    await fs.writeFile(inSsh('lab.conf'), 'Host lab\n  User bia\n');
    const text = 'Include lab.conf\nHost gpu\n  User ana\n';
    const { items, source } = await sshConfigFile(around()).read(text, 'dropped');
    expect(source).toEqual({ kind: 'sshConfig', location: 'dropped' });
    expect(items.map(({ machine }) => machine.name)).toEqual(['lab', 'gpu']);
  });
});
