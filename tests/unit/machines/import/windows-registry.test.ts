import fs from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { puttyRegistry } from '../../../../electron/machines/import/putty/putty-sources';
import { WindowsRegistry } from '../../../../electron/machines/import/windows-registry';
import { makeTempFolder, type TempFolder } from '../../../support/lab/temp-folder';

/** What Windows' `reg export` writes: UTF-16 with its mark and the line ends of Windows. */
const exported = `\ufeff${[
  'Windows Registry Editor Version 5.00',
  '',
  '[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\m%E1quina]',
  '"HostName"="máquina.example.com"',
  '"PortNumber"=dword:000008ae',
  '"Protocol"="ssh"',
  '"UserName"="ana"',
  '',
].join('\r\n')}`;

let temp: TempFolder;
beforeEach(async () => {
  temp = await makeTempFolder('registry');
});
afterEach(() => temp.remove());

function registry(export_: (path: string) => Promise<void>): WindowsRegistry {
  return new WindowsRegistry({
    run: async (program, args) => {
      if (program !== 'reg') throw new Error(program);
      if (args[0] === 'export') await export_(args[2] ?? '');
      else if (!args[1]?.endsWith('PuTTY\\Sessions')) throw new Error('The system was unable to find it');
    },
    fs,
    tempFolder: temp.path,
  });
}

describe('the registry of this Windows', () => {
  test('gives the sessions of PuTTY, and leaves no file behind', async () => {
    const source = puttyRegistry(
      registry((path) => fs.writeFile(path, Buffer.from(exported, 'utf16le'))),
      'me',
    );
    const location = await source.find();
    const { items } = await source.read(location ?? '');
    expect(items.map(({ machine }) => [machine.name, machine.route.host, machine.route.port])).toEqual([
      ['máquina', 'máquina.example.com', 2222],
    ]);
    expect(await fs.readdir(temp.path)).toEqual([]);
  });

  test('says so when it can not be read', async () => {
    const source = puttyRegistry(
      registry(() => Promise.reject(new Error('Access is denied'))),
      'me',
    );
    await expect(source.read('key')).rejects.toThrow(/registry-unreadable/);
    expect(await fs.readdir(temp.path)).toEqual([]);
  });
});
