import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askApp } from '../../../electron/cli/control-client';
import { readControlAddress } from '../../../electron/control/address-file';
import { ControlServer, type ControlServerDependencies } from '../../../electron/control/control-server';
import type { ControlCommand } from '../../../electron/control/protocol';
import { AppError } from '../../../shared/errors/app-error';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let folder: TempFolder;
let server: ControlServer;
let asked: ControlCommand[];
let faults: unknown[];

beforeEach(async () => {
  folder = await makeTempFolder('control');
  asked = [];
  faults = [];
});

afterEach(async () => {
  await server.close();
  await folder.remove();
});

async function open(run: ControlServerDependencies['run']): Promise<void> {
  server = new ControlServer({
    folder: folder.path,
    platform: process.platform,
    random: randomBytes,
    run: (command, say, signal) => {
      asked.push(command);
      return run(command, say, signal);
    },
    onFault: (error) => faults.push(error),
  });
  await server.open();
}

const never = new AbortController().signal;
const ask = (command: ControlCommand, signal = never, onAsks: () => void = () => undefined) =>
  askApp(folder.path, command, onAsks, signal);
const connected = { kind: 'connected', machine: 'gpu' } as const;

describe('the running app', () => {
  it('answers the command of the same user, telling on the way that it asks something', async () => {
    await open(async (_command, say) => {
      say({ kind: 'asks', machine: 'gpu' });
      return connected;
    });
    let timesAsked = 0;
    const answer = await ask({ kind: 'connect', machine: 'gpu' }, never, () => {
      timesAsked += 1;
    });
    expect([answer, timesAsked, asked]).toEqual([connected, 1, [{ kind: 'connect', machine: 'gpu' }]]);
  });

  it('lets nobody else near: socket and secret are for this user alone', async () => {
    await open(async () => connected);
    const { path } = (await readControlAddress(folder.path)) ?? { path: '' };
    const modes = await Promise.all(
      [path, dirname(path), join(folder.path, 'control.json')].map(
        async (file) => (await stat(file)).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o600, 0o700, 0o600]);
  });

  it.each([
    ['another secret', { token: 'f'.repeat(64), command: { kind: 'list' } }],
    ['no secret', { command: { kind: 'list' } }],
    ['no request at all', 'GET / HTTP/1.1'],
  ])('hangs up without a word on who brings %s', async (_what, request) => {
    await open(async () => connected);
    const { path } = (await readControlAddress(folder.path)) ?? { path: '' };
    const socket = connect(path);
    socket.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`);
    expect(await text(socket)).toBe('');
    expect(asked).toEqual([]);
  });

  it('refuses a command that it does not know, even with the secret', async () => {
    await open(async () => connected);
    const { path, token } = (await readControlAddress(folder.path)) ?? { path: '', token: '' };
    const socket = connect(path);
    socket.write(`${JSON.stringify({ token, command: { kind: 'run', line: 'rm' } })}\n`);
    expect(await text(socket)).toBe('');
    expect(asked).toEqual([]);
  });

  it('tells why something failed, and hides no fault of its own', async () => {
    await open(async ({ kind }) => {
      throw kind === 'list' ? new Error('broken') : new AppError('key-refused', { host: 'gpu' });
    });
    expect(await ask({ kind: 'connect', machine: 'gpu' })).toMatchObject({
      kind: 'failed',
      error: { code: 'key-refused', params: { host: 'gpu' } },
    });
    expect(await ask({ kind: 'list' })).toMatchObject({ kind: 'failed', error: { code: 'internal' } });
    expect(faults).toEqual([new Error('broken')]);
  });

  it('learns that nobody waits any more', async () => {
    const learned = new Promise<void>((done) => {
      void open((_command, _say, signal) => {
        signal.addEventListener('abort', () => done());
        return new Promise(() => undefined);
      });
    });
    await expect.poll(() => readControlAddress(folder.path)).not.toBeNull();
    expect(await ask({ kind: 'list' }, AbortSignal.timeout(200))).toEqual({ kind: 'timedOut' });
    await learned;
  });

  it('leaves nothing behind, and who asks then learns that it does not run', async () => {
    await open(async () => connected);
    const { path } = (await readControlAddress(folder.path)) ?? { path: '' };
    await server.close();
    expect(await ask({ kind: 'list' })).toEqual({ kind: 'notRunning' });
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    expect(await readdir(folder.path)).toEqual([]);
  });
});

it('an address that a crash has left behind means that nothing runs', async () => {
  await open(async () => connected);
  const address = JSON.stringify(await readControlAddress(folder.path));
  await server.close();
  await writeFile(join(folder.path, 'control.json'), address);
  expect(await ask({ kind: 'list' })).toEqual({ kind: 'notRunning' });
});
