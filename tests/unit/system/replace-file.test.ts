import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from '../../../electron/system/replace-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuvem-replace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = Buffer.from('new');

it('makes a file that is not there, and its folder', () => {
  const path = join(folder, 'deep', 'file');
  replaceFile(path, bytes, 0o600);
  expect(readFileSync(path)).toEqual(bytes);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('leaves a link in its place and replaces what it leads to', () => {
  writeFileSync(join(folder, 'target'), 'old');
  symlinkSync(join(folder, 'target'), join(folder, 'link'));
  replaceFile(join(folder, 'link'), bytes, 0o600);
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'target'))).toEqual(bytes);
});

it('leaves nothing behind when it fails', () => {
  mkdirSync(join(folder, 'taken'));
  expect(() => replaceFile(join(folder, 'taken'), bytes, 0o600)).toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('goes on from where a crash left it', () => {
  writeFileSync(join(folder, 'file'), 'old');
  writeFileSync(join(folder, 'file.new'), 'half of a much longer te');
  replaceFile(join(folder, 'file'), bytes, 0o600);
  expect(readFileSync(join(folder, 'file'))).toEqual(bytes);
  expect(readdirSync(folder)).toEqual(['file']);
});
