import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findPython } from '../../../electron/demo/python';
import { prepareEnvironment } from '../../../electron/demo/python-environment';
import { runCommand } from '../../../electron/demo/run-command';
import type { DemoStep } from '../../../shared/model/demo';

const execute = promisify(execFile);
let cacheFolder: string;
let progress: { step: DemoStep; detail: string }[] = [];

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'nuvem-demo-cache-'));
});

beforeEach(() => {
  progress = [];
});

afterAll(async () => {
  await rm(cacheFolder, { recursive: true });
});

function prepare(cancellation: AbortController, onProgress: () => void = () => undefined): Promise<string> {
  const { signal } = cancellation;
  return prepareEnvironment({
    cacheFolder,
    runCommand,
    findPython: () => findPython({ runCommand, signal, installCommand: async () => '' }),
    report: (step, detail) => {
      progress.push({ step, detail });
      onProgress();
    },
    signal,
  });
}

function installed(): number {
  return progress.filter(({ step }) => step === 'installing-jupyter').length;
}

describe('the demo environment, made with the Python of this system', () => {
  test('cancelled in the middle of the installation leaves nothing behind', async () => {
    const cancellation = new AbortController();
    const cancelled = prepare(cancellation, () => {
      if (installed() === 3) cancellation.abort();
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(cacheFolder)).toEqual([]);
    const { stdout } = await execute('ps', ['-eo', 'args']);
    expect(stdout).not.toContain(cacheFolder);
  });

  test('cancelled before it began makes nothing', async () => {
    const cancellation = new AbortController();
    cancellation.abort();
    await expect(prepare(cancellation)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  test('ends with a JupyterLab that runs, and is found again the next time', {
    timeout: 300_000,
  }, async () => {
    const leftover = join(cacheFolder, 'demo-environment.2147483646-dead');
    await mkdir(leftover);
    await writeFile(join(leftover, 'half'), '');

    const folder = await prepare(new AbortController());
    expect(new Set(progress.map(({ step }) => step))).toEqual(
      new Set<DemoStep>(['finding-python', 'creating-environment', 'installing-jupyter']),
    );
    expect(progress.some(({ detail }) => detail.includes('jupyterlab'))).toBe(true);
    const { stdout } = await execute(join(folder, 'bin', 'jupyter'), ['lab', '--version']);
    expect(stdout.trim()).toBe('4.5.11');
    expect(await readdir(cacheFolder)).toHaveLength(1);

    progress = [];
    expect(await prepare(new AbortController())).toBe(folder);
    expect(progress).toEqual([]);
  });

  test('one that a Python update broke is made anew', { timeout: 300_000 }, async () => {
    const broken = await prepare(new AbortController());
    await rm(join(broken, 'bin', 'python'));
    const cancellation = new AbortController();
    const again = prepare(cancellation, () => cancellation.abort());
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
    expect(progress[0]?.step).toBe('finding-python');
    expect(await readdir(cacheFolder)).toEqual([]);
  });
});

describe('an installation that fails', () => {
  test('shows the last lines of what failed and leaves nothing behind', async () => {
    const failing = prepareEnvironment({
      cacheFolder,
      runCommand,
      findPython: async () => '/bin/false',
      report: () => undefined,
      signal: new AbortController().signal,
    });
    await expect(failing).rejects.toMatchObject({ code: 'demo-install-failed' });
    expect(await readdir(cacheFolder)).toEqual([]);
  });
});

describe('running a program', () => {
  const signal = new AbortController().signal;

  test('gives the last 20 lines of both streams and the exit code', async () => {
    const script = 'for i in $(seq 1 30); do echo line $i; done; echo problem >&2; exit 4';
    const { exitCode, lastLines } = await runCommand('sh', ['-c', script], { signal });
    expect(exitCode).toBe(4);
    expect(lastLines).toHaveLength(20);
    expect(lastLines).toContain('line 30');
    expect(lastLines).toContain('problem');
  });

  test('a program that is not there has no exit code', async () => {
    expect((await runCommand('/no/such/program', [], { signal })).exitCode).toBeNull();
  });

  test('cancelling ends its children too, even stubborn ones', async () => {
    const cancellation = new AbortController();
    const pids: string[] = [];
    const script = 'trap "" TERM; (trap "" TERM; echo $$; sleep 300) & wait; sleep 300';
    const ended = runCommand('sh', ['-c', script], {
      signal: cancellation.signal,
      onLine: (line) => {
        pids.push(line);
        cancellation.abort();
      },
    });
    await expect(ended).rejects.toMatchObject({ code: 'cancelled' });
    expect(() => process.kill(Number(pids[0]), 0)).toThrow();
  });
});
