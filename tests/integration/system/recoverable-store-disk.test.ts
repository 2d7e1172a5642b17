import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RecoverableStore } from '../../../electron/system/recoverable-store';
import { openStoreFile } from '../../support/store-file';

const Schema = z.strictObject({ text: z.string() });
const diskBytes = 64 * 1024;

let disk: string;
const skipReason = whyNoDisk();

/** Mounting a small disk takes root and a kernel that lets us. */
function whyNoDisk(): string | null {
  if (process.platform !== 'linux') return 'a small disk of its own is made with Linux means';
  const folder = mkdtempSync(join(tmpdir(), 'nuvem-disk-'));
  try {
    mount(folder);
    unmount(folder);
    return null;
  } catch (error) {
    return `a small disk cannot be mounted here: ${String(error)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', folder], { stdio: 'pipe' });
}

function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'pipe' });
}

function open(): RecoverableStore<z.infer<typeof Schema>> {
  return new RecoverableStore({
    folder: disk,
    name: 'machines',
    version: 1,
    schema: Schema,
    initial: { text: '' },
    openFile: openStoreFile,
    nowMs: () => 0,
    onRecovered: (recovery) => expect.fail(`recovered: ${recovery.kind}`),
    onWriteFailed: (file) => expect.fail(`not written: ${file}`),
  });
}

if (skipReason !== null) console.warn(`skipped: ${skipReason}`);

describe.skipIf(skipReason !== null)('a store on a real small disk', () => {
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'nuvem-disk-'));
    mount(disk);
  });
  afterEach(() => {
    unmount(disk);
    rmSync(disk, { recursive: true });
  });

  it.each([
    ['there is no room at all', 0],
    // Room for a part: the write is cut short, which electron-store 12 by itself takes for success.
    ['there is room for a part only', 8 * 1024],
  ])('says that the disk is full when %s, and has lost nothing', (_when, freeBytes) => {
    const store = open();
    store.replace({ text: 'kept' });
    fillDiskBut(freeBytes);
    expect(() => store.replace({ text: 'x'.repeat(40_000) })).toThrow(
      expect.objectContaining({ code: 'store-disk-full' }),
    );
    expect(store.value()).toEqual({ text: 'kept' });
    expect(readdirSync(disk).sort()).toEqual(['ballast', 'machines.json', 'machines.last-good.json']);
    expect(open().value()).toEqual({ text: 'kept' });

    rmSync(join(disk, 'ballast'));
    store.replace({ text: 'goes on' });
    expect(open().value()).toEqual({ text: 'goes on' });
  });

  it('says that it could not be written when the disk is read-only', () => {
    const store = open();
    store.replace({ text: 'kept' });
    execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'pipe' });
    expect(() => store.replace({ text: 'new' })).toThrow(
      expect.objectContaining({
        code: 'store-write-failed',
        params: expect.objectContaining({ reason: 'EROFS' }),
      }),
    );
    expect(store.value()).toEqual({ text: 'kept' });
    expect(open().value()).toEqual({ text: 'kept' });
  });
});

function fillDiskBut(freeBytes: number): void {
  const usedByStore = 2 * 4096;
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(diskBytes - usedByStore - freeBytes));
}
