import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLogFile } from '../../../electron/desktop/log-file';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuvem-log-'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('the log file', () => {
  it('has the whole chain of an error’s causes, without the secrets in it', async () => {
    const log = openLogFile(folder);
    const cause = new Error('GET http://ana:sesame@proxy:3128/?token=abc123 failed');
    log.error('the page', new Error('not loaded', { cause }));
    log.info('Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln');
    const text = await readFile(log.path, 'utf8');
    expect(text).toMatch(/the page[\s\S]+not loaded[\s\S]+caused by[\s\S]+GET http:\/\/ana:…@proxy/);
    expect(text).not.toMatch(/sesame|abc123|eyJ/);
  });

  it('starts anew beyond a megabyte, keeps one old file, and knows the last lines of both', async () => {
    const log = openLogFile(folder);
    const line = 'x'.repeat(100_000);
    for (let count = 0; count < 25; count += 1) log.info(`${count} ${line}`);
    log.info('the last one');
    expect((await readdir(folder)).toSorted()).toEqual(['main.log', 'main.old.log']);
    for (const name of ['main.log', 'main.old.log'])
      expect((await stat(join(folder, name))).size).toBeLessThan(1.2 * 1024 * 1024);
    const lines = await log.lastLines(12);
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toContain('the last one');
    expect(lines[0]).toMatch(/ 14 x/);
  });

  it('has no last lines before the first was written', async () => {
    expect(await openLogFile(folder).lastLines(5)).toEqual([]);
  });
});
