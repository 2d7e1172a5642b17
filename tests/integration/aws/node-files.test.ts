import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import {
  appendFile,
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assertRoom, copyNodeFiles } from '../../../electron/aws/emr/node-files/copy-node-files';
import { NodeFilesService } from '../../../electron/aws/emr/node-files/node-files-service';
import { systemClock } from '../../../electron/system/clock';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { FoundNodeFiles, NodeFilesSnapshot } from '../../../shared/model/emr-node-files';
import { type FaultProxy, startFaultProxy } from '../../support/lab/fault-proxy';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { lastWill } from '../../support/lab/last-will';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { uuid } from '../../support/samples';

/** A real sshd whose login user is nobody special, as `hadoop` is, with a home of its own. */
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log('Skipped: an account of its own for the primary node needs root');

const of = { accountId: uuid<AwsAccountId>(1), clusterId: 'j-1' };
let sshd: LabSshd;
let network: FaultProxy;
let connection: LabConnection;
let folder: TempFolder;
let home: string;
let kept: string;
let chosenFolder: string | null;
let service: NodeFilesService;
let onNews: (snapshot: NodeFilesSnapshot) => void;

describe.skipIf(!isRoot)('the files of a primary node', () => {
  beforeAll(async () => {
    sshd = await startSshd({ passwordAccount: 'password' });
    home = join(sshd.folder, 'home');
    network = await startFaultProxy(sshd);
    const known = await readFile(sshd.knownHostsPath, 'utf8');
    await appendFile(sshd.knownHostsPath, known.replaceAll(`]:${sshd.port}`, `]:${network.port}`));
    connection = await makeLabConnection({
      route: { host: network.host, port: network.port, user: sshd.user },
      identity: { kind: 'keyFile', path: sshd.clientKeyPath },
      knownHostsPath: sshd.knownHostsPath,
    });
  });
  afterAll(async () => {
    await connection?.close();
    await network?.stop();
    await sshd?.stop();
  });

  beforeEach(async () => {
    folder = await makeTempFolder('node-files');
    await chmod(folder.path, 0o755);
    kept = join(folder.path, 'kept');
    await mkdir(kept);
    chosenFolder = kept;
    onNews = () => undefined;
    service = new NodeFilesService({
      connections: connection.pool,
      machineOf: ({ clusterId }) => (clusterId === of.clusterId ? connection.machineId : null),
      nameOf: () => 'Nightly: training',
      askFolder: async () => chosenFolder,
      places: { jupyterhub: join(folder.path, 'jupyter'), zeppelin: join(folder.path, 'zeppelin') },
      clock: systemClock,
      random: randomBytes,
      onChanged: (snapshot) => onNews(snapshot),
    });
  });
  afterEach(async () => {
    service.leave();
    for (const name of await readdir(home)) await rm(join(home, name), { recursive: true });
    await folder.remove();
  });

  /** A file of the login user's, or of somebody else's outside of their home. */
  const write = async (path: string, content: string | Buffer, mode = 0o644): Promise<string> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode });
    const { uid, gid } = await stat(home);
    for (let at = path; at.startsWith(home) && at !== home; at = dirname(at)) await chown(at, uid, gid);
    return path;
  };
  const look = async (): Promise<FoundNodeFiles> => {
    await service.look(of);
    const { state } = service.snapshot();
    if (state.kind !== 'found') throw new Error(`Not found: ${JSON.stringify(state)}`);
    return state;
  };
  const seenPaths = async () => (await look()).files.map(({ path }) => path);
  const keptFolder = join('Nightly_ training j-1');
  const filesBelow = async (place: string): Promise<readonly string[]> =>
    (await readdir(place, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(place, join(entry.parentPath, entry.name)))
      .toSorted();
  const below = (path: string) => join(kept, keptFolder, ...path.split('/'));

  test('are listed: notebooks first, without hidden files, caches and environments', async () => {
    const data = await write(join(home, 'data', "it's a día.csv"), '1,2\n');
    const own = await write(join(home, 'work.ipynb'), '{}');
    const hub = await write(join(folder.path, 'jupyter', 'ana', 'train.ipynb'), '{}');
    const zeppelin = await write(join(folder.path, 'zeppelin', '2A94M5J1Z', 'note.json'), '{}');
    for (const left of ['.ssh/id', '.bashrc', 'venv/bin/python', 'a/__pycache__/b.pyc', 'a/.git/config'])
      await write(join(home, left), 'x');
    const { files, unread, isCut } = await look();
    expect(
      files
        .slice(0, 3)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([own, hub, zeppelin].toSorted());
    expect(files.slice(3)).toEqual([
      { path: data, sizeBytes: 4, modifiedAtMs: Math.floor((await stat(data)).mtimeMs) },
    ]);
    expect({ unread, isCut }).toEqual({ unread: [], isCut: false });
  });

  test('that may not be read are named, and not among those that can be kept', async () => {
    const secret = await write(join(home, 'secret.txt'), 'x');
    await chown(secret, 0, 0);
    await chmod(secret, 0o600);
    const ofOther = await write(join(folder.path, 'jupyter', 'ana', 'train.ipynb'), '{}');
    await chmod(dirname(ofOther), 0o700);
    await write(join(home, 'two\nlines.txt'), 'x');
    const { files, unread } = await look();
    expect(files).toEqual([]);
    expect(unread.toSorted()).toEqual([dirname(ofOther), secret, join(home, 'two')].toSorted());
  });

  test('of others are read by sudo, where the login user may use it as on EMR', async () => {
    const ofOther = await write(join(folder.path, 'jupyter', 'ana', 'train.ipynb'), '{"cells": []}', 0o600);
    await chmod(join(folder.path, 'jupyter'), 0o700);
    const rule = `/etc/sudoers.d/${sshd.user}`;
    const takeWillBack = lastWill(['rm', '-f', rule]);
    await writeFile(rule, `${sshd.user} ALL=(ALL) NOPASSWD: ALL\n`, { mode: 0o440 });
    try {
      const { files, unread } = await look();
      expect([files.map(({ path }) => path), unread]).toEqual([[ofOther], []]);
      expect(await service.copy([ofOther])).toBe('copied');
      expect(await readFile(below(ofOther), 'utf8')).toBe('{"cells": []}');
    } finally {
      await rm(rule);
      takeWillBack();
    }
  });

  test('come whole, as they were, into a new folder', async () => {
    const big = randomBytes(3 * 1024 * 1024);
    const paths = [
      await write(join(home, 'model.bin'), big),
      await write(join(home, 'empty.txt'), ''),
      await write(join(home, '-n $(touch x) `y` \\n.ipynb'), '{}'),
      await write(join(home, `${'long '.repeat(40)}.txt`), 'far'),
    ];
    const progress: number[] = [];
    onNews = ({ state }) => state.kind === 'copying' && progress.push(state.doneBytes);
    expect((await seenPaths()).toSorted()).toEqual(paths.toSorted());
    expect(await service.copy(paths)).toBe('copied');
    expect((await readFile(below(paths[0] ?? ''))).equals(big)).toBe(true);
    expect(await filesBelow(join(kept, keptFolder))).toHaveLength(4);
    const [there, here] = [await stat(paths[0] ?? ''), await stat(below(paths[0] ?? ''))];
    expect(Math.floor(here.mtimeMs / 1000)).toBe(Math.floor(there.mtimeMs / 1000));
    expect(progress[0]).toBe(0);
    expect(service.snapshot().state).toMatchObject({ kind: 'found', folder: join(kept, keptFolder) });

    // What is safe is not fetched again, and another visit takes another folder.
    expect(await service.copy(paths)).toBe('copied');
    await look();
    expect(await service.copy(paths.slice(1, 2))).toBe('copied');
    expect(await readdir(kept)).toEqual([keptFolder, `${keptFolder} (2)`]);
  });

  test('that went meanwhile leave the copy incomplete, and the others safe', async () => {
    const gone = await write(join(home, 'gone.ipynb'), '{}');
    const stays = await write(join(home, 'stays.ipynb'), '{}');
    await look();
    await rm(gone);
    expect(await service.copy([gone, stays])).toBe('incomplete');
    expect(service.snapshot().state).toMatchObject({
      copied: [stays],
      missing: [{ path: gone, reason: 'notRead' }],
    });
    expect(await filesBelow(kept)).toEqual([relative(kept, below(stays))]);

    await write(gone, '{"back": 1}');
    expect(await service.copy([gone, stays])).toBe('copied');
    expect(await readFile(below(gone), 'utf8')).toBe('{"back": 1}');
    expect(await readdir(kept)).toEqual([keptFolder]);
  });

  test('that are written to all the time are not taken for safe', async () => {
    const path = await write(join(home, 'growing.log'), 'line\n');
    const place = join(kept, 'growing.log');
    const copied: string[] = [];
    const transport = await connection.connect();
    const missing = await copyNodeFiles({
      link: { ...connection.pool.link(connection.machineId), whenReady: async () => transport },
      files: [{ path, sizeBytes: 5, modifiedAtMs: 0 }],
      places: new Map([[path, place]]),
      random: randomBytes,
      onProgress: () => appendFileSync(path, 'line\n'),
      onCopied: (done) => copied.push(done),
      signal: new AbortController().signal,
    });
    expect([missing, copied]).toEqual([[{ path, reason: 'changed' }], []]);
    expect(await filesBelow(kept)).toEqual([]);
  });

  test('are not put in the place of what is there', async () => {
    const path = await write(join(home, 'a.ipynb'), '{}');
    const copy = {
      link: connection.pool.link(connection.machineId),
      files: [{ path, sizeBytes: 2, modifiedAtMs: 0 }],
      places: new Map([[path, join(kept, 'mine')]]),
      random: randomBytes,
      onProgress: () => undefined,
      onCopied: () => undefined,
      signal: new AbortController().signal,
    };
    appendFileSync(join(kept, 'mine'), 'mine');
    await expect(copyNodeFiles(copy)).rejects.toMatchObject({
      code: 'download-not-saved',
      params: { reason: 'EEXIST' },
    });
    expect(await readFile(join(kept, 'mine'), 'utf8')).toBe('mine');
  });

  test('are copied again after the connection was lost', async () => {
    const path = await write(join(home, 'big.bin'), '');
    await truncate(path, 40 * 1024 * 1024);
    await look();
    onNews = ({ state }) => {
      if (state.kind !== 'copying' || state.doneBytes === 0) return;
      onNews = () => undefined;
      network.cutAll();
    };
    expect(await service.copy([path])).toBe('copied');
    expect((await stat(below(path))).size).toBe(40 * 1024 * 1024);
    expect(connection.seen).toContain('waitingToRetry');
  });

  test('stay where they are when the copy is broken off; what was not whole is removed', async () => {
    const path = await write(join(home, 'big.bin'), '');
    await truncate(path, 400 * 1024 * 1024);
    await look();
    onNews = ({ state }) => {
      if (state.kind === 'copying' && state.doneBytes > 0) service.cancelCopy();
    };
    await expect(service.copy([path])).rejects.toMatchObject({ code: 'cancelled' });
    expect(service.snapshot().state).toMatchObject({ kind: 'found', copied: [], missing: [] });
    expect(await filesBelow(kept)).toEqual([]);
  });

  test('are left alone when no folder is chosen', async () => {
    const path = await write(join(home, 'a.ipynb'), '{}');
    await look();
    chosenFolder = null;
    expect(await service.copy([path])).toBe('cancelled');
    expect(service.snapshot().state.kind).toBe('found');
    await expect(service.copy([join(home, 'never-found')])).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });

  test('are not begun to be copied to a disk that has no room for them', async () => {
    await expect(assertRoom(kept, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
      code: 'download-disk-full',
    });
  });

  test('of a cluster to which nobody has connected are not looked for', async () => {
    await expect(service.look({ ...of, clusterId: 'j-2' })).rejects.toMatchObject({
      code: 'machine-not-found',
    });
    expect(service.snapshot().state).toEqual({ kind: 'idle' });
  });

  test('of a node that cannot be reached say why', async () => {
    connection.pool.disconnect(connection.machineId);
    await sshd.authorize([]);
    try {
      await service.look(of);
      const { state } = service.snapshot();
      expect(state).toMatchObject({ kind: 'failed', error: { code: expect.stringMatching(/^auth|^key/) } });
    } finally {
      await sshd.authorize([(await readFile(`${sshd.clientKeyPath}.pub`, 'utf8')).trim()]);
    }
  });
});
