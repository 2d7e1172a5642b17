import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeLoginItem } from '../../../electron/desktop/login-item';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

/** Real files in a configuration folder of its own, read by what desktops read them with. */
let folder: TempFolder;
let file: string;

beforeEach(async () => {
  folder = await makeTempFolder('autostart');
  file = join(folder.path, 'config', 'autostart', 'nuvem.desktop');
});
afterEach(() => folder.remove());

const noElectron = {
  getLoginItemSettings: () => {
    throw new Error('Linux has its own way');
  },
  setLoginItemSettings: () => {
    throw new Error('Linux has its own way');
  },
};

const itemOf = (path: string, args: readonly string[] = []) =>
  makeLoginItem({
    platform: 'linux',
    app: noElectron,
    program: { path, args },
    configFolder: join(folder.path, 'config'),
  });

/** A program that writes down its arguments, one a line. */
function makeProgram(name: string): { readonly path: string; readonly written: () => string[] } {
  const path = join(folder.path, name);
  const output = join(folder.path, 'started');
  writeFileSync(
    path,
    '#!/bin/sh\nfor argument; do printf "%s\\n" "$argument"; done >"$NUVEM_TEST_OUTPUT"\n',
    {
      mode: 0o755,
    },
  );
  process.env.NUVEM_TEST_OUTPUT = output;
  return { path, written: () => readFileSync(output, 'utf8').split('\n').slice(0, -1) };
}

/** Starts it as a desktop does at login. */
const logIn = (): void => void execFileSync('gio', ['launch', file], { stdio: 'pipe' });

describe.runIf(process.platform === 'linux')('the start at login on Linux', () => {
  it('is a file that desktops take, and no other is left beside it', () => {
    itemOf('/opt/Nuvem/nuvem').set(true, true);
    expect(execFileSync('desktop-file-validate', ['--warn-kde', file], { encoding: 'utf8' })).toBe('');
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Nuvem/nuvem" "--hidden"\n');
    expect(readdirSync(join(file, '..'))).toEqual(['nuvem.desktop']);
  });

  it.each(['nuvem', 'Nuvem 0.1 (x86_64).AppImage', 'a "quoted" $HOME `id` back\\slash', 'ünïcode – ção'])(
    'starts the program at %s, with what keeps its window away',
    async (name) => {
      const program = makeProgram(name);
      itemOf(program.path, ['50% $x "y" \\z']).set(true, true);
      logIn();
      await expect.poll(program.written, { timeout: 20_000 }).toEqual(['50% $x "y" \\z', '--hidden']);
    },
  );

  it('starts the window, too, unless that is not wanted', () => {
    itemOf('/opt/Nuvem/nuvem').set(true, false);
    expect(readFileSync(file, 'utf8')).not.toContain('--hidden');
  });

  it('follows the program to where it was moved', () => {
    itemOf('/home/ana/Nuvem-0.1.AppImage').set(true, false);
    const moved = itemOf('/home/ana/bin/Nuvem-0.2.AppImage');
    expect(moved.isOn()).toBe(true);
    moved.set(true, false);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/home/ana/bin/Nuvem-0.2.AppImage"\n');
  });

  it('does not write what is written already', () => {
    const item = itemOf('/opt/Nuvem/nuvem');
    item.set(true, false);
    const before = statSync(file, { bigint: true });
    item.set(true, false);
    expect(statSync(file, { bigint: true }).ino).toBe(before.ino);
  });

  it('is gone when it is taken back, also twice', () => {
    const item = itemOf('/opt/Nuvem/nuvem');
    item.set(true, false);
    item.set(false, false);
    item.set(false, false);
    expect(readdirSync(join(file, '..'))).toEqual([]);
    expect(item.isOn()).toBe(false);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off once a desktop wrote %s', (line) => {
    const item = itemOf('/opt/Nuvem/nuvem');
    item.set(true, false);
    expect(item.isOn()).toBe(true);
    writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
    expect(item.isOn()).toBe(false);
  });

  it('says which file can’t be written', () => {
    mkdirSync(join(folder.path, 'config'));
    writeFileSync(join(folder.path, 'config', 'autostart'), 'a file where the folder should be');
    const item = itemOf('/opt/Nuvem/nuvem');
    expect(() => item.set(true, false)).toThrow(
      expect.objectContaining({ code: 'login-item-failed', params: { path: file } }),
    );
  });
});
