import { randomBytes } from 'node:crypto';
import fs, { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessService } from '../../../electron/access/access-service';
import { makeOpenKey } from '../../../electron/access/key-to-install';
import { makeIsOwnKey } from '../../../electron/access/own-keys';
import { makeProveLogin } from '../../../electron/access/prove-login';
import { askAgent } from '../../../electron/keys/agent-socket';
import { KeyFolder } from '../../../electron/keys/key-folder';
import { RememberedPassphrases } from '../../../electron/keys/remembered-passphrases';
import { generateKeyPair } from '../../../electron/ssh/generate-key-pair';
import { readPublicHalf } from '../../../electron/ssh/private-key';
import type { Machine } from '../../../shared/model/machine';
import { wayTo } from '../../../shared/model/way';
import {
  type LabConnection,
  type LabConnectionOptions,
  makeLabConnection,
} from '../../support/lab/lab-connection';
import { makeKeyPair, type SshKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

/** sshd as distributions ship it: it believes only the user's own file, and only with the right permissions. */
const asShipped = ['StrictModes yes', 'AuthorizedKeysFile .ssh/authorized_keys'];

let home: TempFolder;
let sshd: LabSshd;
let lab: LabConnection;
let access: AccessService;
let key: SshKeyPair;
beforeEach(async () => {
  home = await makeTempFolder('access-home');
  await mkdir(join(home.path, '.ssh'), { mode: 0o700 });
  key = await makeKeyPair(join(home.path, '.ssh', 'id'));
});
afterEach(async () => {
  await lab?.close();
  await sshd?.stop();
  await home.remove();
});

const remoteHome = () => join(sshd.folder, 'home');
const remoteKeys = () => join(remoteHome(), '.ssh', 'authorized_keys');
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

/** A machine that one signs in to with a password, and a folder of keys to let in. */
async function startLab(config: readonly string[] = asShipped): Promise<void> {
  sshd = await startSshd({ passwordAccount: 'password', config });
  await openLab({
    route: { host: sshd.host, port: sshd.port, user: sshd.user },
    identity: { kind: 'password' },
    knownHostsPath: sshd.knownHostsPath,
  });
  lab.pool.connect(lab.machineId);
  await lab.giveSecret(sshd.password);
  await lab.reached('ready');
}

async function openLab(options: LabConnectionOptions): Promise<void> {
  lab = await makeLabConnection({ ...options, homeFolder: home.path });
  const machines: readonly Machine[] = [lab.machine, ...(options.machines ?? [])];
  const folder = new KeyFolder({
    ...{ homeFolder: home.path, platform: 'linux', fs, readPublicHalf, generateKeyPair },
  });
  access = new AccessService({
    connections: lab.pool,
    machineOf: () => lab.machine,
    wayTo: () => wayTo(lab.machine, machines),
    isOwnKey: makeIsOwnKey({ folder, agentSocketOf: async () => null, askAgent }),
    openKey: makeOpenKey({
      ...{ folder, machines: () => machines, proveIdentity: lab.login.proveIdentity },
      remembered: new RememberedPassphrases(lab.login.vault, home.path),
    }),
    proveLogin: makeProveLogin(lab.login),
    random: randomBytes,
  });
}

/** The remote user's file as somebody left it. */
async function leave(text: string, mode = 0o600): Promise<void> {
  const { uid, gid } = await stat(remoteHome());
  await mkdir(join(remoteHome(), '.ssh'), { recursive: true, mode: 0o700 });
  await writeFile(remoteKeys(), text, 'latin1');
  await chmod(remoteKeys(), mode);
  await chown(join(remoteHome(), '.ssh'), uid, gid);
  await chown(remoteKeys(), uid, gid);
}

describe('a key that is installed', () => {
  it('where nothing was yet gets in, and that is proven by a login of its own', async () => {
    await startLab();
    const report = await access.install(lab.machineId, 'id', '');
    expect(report).toMatchObject({ mended: [], proof: { kind: 'proven', alsoWanted: '' } });
    expect(await readFile(remoteKeys(), 'utf8')).toBe(`${key.publicKey} nuvem-lab\n`);
    expect([await modeOf(remoteKeys()), await modeOf(join(remoteHome(), '.ssh'))]).toEqual([0o600, 0o700]);
    expect(sshd.log()).toContain(`Accepted publickey for ${sshd.user}`);
    expect(lab.state().kind).toBe('ready');
    await expect.poll(() => sshd.log().match(/Disconnected from user/g)?.length).toBe(1);
  });

  it('twice is there once, whatever its comment and options are; bytes of others stay', async () => {
    await startLab();
    const theirs = `# team\r\nfrom="127.0.0.1" ${key.publicKey} caf\u00e9\nssh-new \u00ff\u0001`;
    await leave(theirs);
    const report = await access.install(lab.machineId, 'id', '');
    expect(report).toMatchObject({ addedEntryId: null, proof: { kind: 'proven' } });
    expect(await readFile(remoteKeys(), 'latin1')).toBe(theirs);
  });

  it('is added behind a last line without line end, and can be taken back', async () => {
    await startLab();
    const theirs = `# caf\u00e9 \u00ff\nssh-new AAAA`;
    await leave(theirs);
    const { addedEntryId } = await access.install(lab.machineId, 'id', '');
    expect(await readFile(remoteKeys(), 'latin1')).toBe(`${theirs}\n${key.publicKey} nuvem-lab\n`);
    expect(await readFile(`${remoteKeys()}.nuvem-backup`, 'latin1')).toBe(theirs);
    await access.remove(lab.machineId, addedEntryId ?? '', false);
    expect(await readFile(remoteKeys(), 'latin1')).toBe(`${theirs}\n`);
  });

  it('where others may write gets in once that is mended, and it is said what was', async () => {
    await startLab();
    await leave('', 0o666);
    await chmod(remoteHome(), 0o775);
    await chmod(join(remoteHome(), '.ssh'), 0o777);
    const report = await access.install(lab.machineId, 'id', '');
    expect(report.proof).toEqual({ kind: 'proven', alsoWanted: '' });
    expect(report.mended).toEqual([
      { path: join(remoteHome(), '.ssh'), permissions: 'drwxrwxrwx' },
      { path: remoteHome(), permissions: 'drwxrwxr-x' },
    ]);
  });

  it('with a passphrase is opened before anything is changed', async () => {
    await startLab();
    await makeKeyPair(join(home.path, '.ssh', 'locked'), { passphrase: 'open sesame' });
    await expect(access.install(lab.machineId, 'locked', 'wrong')).rejects.toMatchObject({
      code: 'key-passphrase-wrong',
    });
    await expect(stat(remoteKeys())).rejects.toThrow('ENOENT');
    expect((await access.install(lab.machineId, 'locked', 'open sesame')).proof.kind).toBe('proven');
  });

  it('that the server wants together with a second factor is proven as far as the key goes', async () => {
    await startLab([...asShipped, 'AuthenticationMethods publickey,password password']);
    expect((await access.install(lab.machineId, 'id', '')).proof).toEqual({
      ...{ kind: 'proven', alsoWanted: 'password' },
    });
  });

  it('that the server looks for elsewhere is not believed to work, and it is said why', async () => {
    await startLab(['AuthorizedKeysFile /etc/ssh/keys/%u']);
    const report = await access.install(lab.machineId, 'id', '');
    expect(report.proof).toEqual({
      kind: 'failed',
      failure: { kind: 'refused', because: [{ kind: 'keysElsewhere', files: '/etc/ssh/keys/%u' }] },
    });
    expect(report.addedEntryId).not.toBeNull();
  });

  it('on a server that takes no keys is not believed to work, and it is said why', async () => {
    await startLab(['PubkeyAuthentication no', ...asShipped]);
    expect((await access.list(lab.machineId)).warnings).toEqual([{ kind: 'keysOff' }]);
    expect((await access.install(lab.machineId, 'id', '')).proof).toEqual({
      kind: 'failed',
      failure: { kind: 'refused', because: [{ kind: 'keysOff' }] },
    });
  });

  it('in a home that belongs to somebody else is refused, and it is said why', async () => {
    await startLab();
    await leave('');
    const { gid } = await stat(remoteHome());
    await chown(remoteHome(), 65534, gid);
    await chmod(remoteHome(), 0o775);
    const { proof } = await access.install(lab.machineId, 'id', '');
    expect(proof).toEqual({
      kind: 'failed',
      failure: {
        kind: 'refused',
        because: [
          { kind: 'foreignOwner', path: remoteHome() },
          { kind: 'openToOthers', path: remoteHome(), permissions: 'drwxrwxr-x' },
        ],
      },
    });
  });

  it('is proven only to the machine itself: another host key ends the attempt', async () => {
    await startLab();
    await sshd.restart({ newHostKey: true });
    const { proof } = await access.install(lab.machineId, 'id', '');
    expect(proof).toMatchObject({
      kind: 'failed',
      failure: { kind: 'notTried', error: { code: 'host-key-changed' } },
    });
  });

  it('to a machine that is set to it already is let in by password', async () => {
    sshd = await startSshd({ passwordAccount: 'password', config: asShipped });
    await openLab({
      route: { host: sshd.host, port: sshd.port, user: sshd.user },
      identity: { kind: 'keyFile', path: '~/.ssh/id' },
      knownHostsPath: sshd.knownHostsPath,
    });
    const installed = access.install(lab.machineId, 'id', '');
    await lab.giveSecret(sshd.password);
    // As who shows what the machine is doing: they share this connection.
    await lab.reached('ready');
    const others = lab.pool.acquire(lab.machineId);
    expect((await installed).proof).toEqual({ kind: 'proven', alsoWanted: '' });
    expect(lab.state().kind).toBe('ready');
    others.release();
    expect(sshd.log().match(/Accepted password/g)).toHaveLength(1);
    lab.pool.disconnect(lab.machineId);
    await lab.reached('closed');
    lab.pool.connect(lab.machineId);
    await lab.reached('ready');
    expect(sshd.log().match(/Accepted password/g)).toHaveLength(1);
  });

  it('to a machine that refuses another key is not asked about', async () => {
    sshd = await startSshd({ passwordAccount: 'password', config: asShipped });
    await makeKeyPair(join(home.path, '.ssh', 'other'));
    await openLab({
      route: { host: sshd.host, port: sshd.port, user: sshd.user },
      identity: { kind: 'keyFile', path: '~/.ssh/other' },
      knownHostsPath: sshd.knownHostsPath,
    });
    await expect(access.install(lab.machineId, 'id', '')).rejects.toMatchObject({ code: 'key-refused' });
  });

  it('behind a jump host is proven over that', async () => {
    const gate = await startSshd();
    try {
      sshd = await startSshd({ passwordAccount: 'password', config: asShipped });
      const knownHostsPath = join(home.path, 'known_hosts');
      const known = [gate, sshd].map(({ knownHostsPath: path }) => readFile(path, 'utf8'));
      await writeFile(knownHostsPath, (await Promise.all(known)).join(''));
      const jump = {
        kind: 'inline' as const,
        ...{ host: gate.host, port: gate.port, user: gate.user },
        identity: { kind: 'keyFile' as const, path: gate.clientKeyPath },
      };
      await openLab({
        route: { host: sshd.host, port: sshd.port, user: sshd.user, jumps: [jump] },
        ...{ identity: { kind: 'password' }, knownHostsPath },
      });
      lab.pool.connect(lab.machineId);
      await lab.giveSecret(sshd.password);
      await lab.reached('ready');
      expect((await access.install(lab.machineId, 'id', '')).proof).toEqual({
        ...{ kind: 'proven', alsoWanted: '' },
      });
    } finally {
      await gate.stop();
    }
  });
});

describe('who can log in', () => {
  it('is listed with names, types, fingerprints and options; a line nobody understands is shown', async () => {
    await startLab();
    await leave(`# team\n${key.publicKey} Ana\nfrom="10.*" ${key.publicKey}\nssh-new AAAA bot\n`);
    expect(await access.list(lab.machineId)).toMatchObject({
      path: remoteKeys(),
      warnings: [],
      entries: [
        {
          kind: 'key',
          name: 'Ana',
          keyType: 'ssh-ed25519',
          bits: 256,
          fingerprint: key.fingerprint,
          options: '',
        },
        { kind: 'key', name: '', options: 'from="10.*"', isInUse: false },
        { kind: 'notUnderstood', text: 'ssh-new AAAA bot' },
      ],
    });
  });

  it('a colleague is let in once, under the given name', async () => {
    await startLab();
    await access.add(lab.machineId, `${key.publicKey}\n`, 'Rita');
    const list = await access.add(lab.machineId, `${key.publicKey} again\n`, '');
    expect(list.entries).toMatchObject([{ name: 'Rita', fingerprint: key.fingerprint }]);
    expect(await readFile(remoteKeys(), 'utf8')).toBe(`${key.publicKey} Rita\n`);
  });

  it('what makes sshd ignore the file is told, and mended on request', async () => {
    await startLab();
    await leave('', 0o660);
    expect((await access.list(lab.machineId)).warnings).toEqual([
      { kind: 'openToOthers', path: remoteKeys(), permissions: '-rw-rw----' },
    ]);
    expect((await access.mend(lab.machineId)).warnings).toEqual([]);
    expect(await modeOf(remoteKeys())).toBe(0o640);
  });

  it('a line that has changed since it was listed stays', async () => {
    await startLab();
    await leave(`${key.publicKey} Ana\n`);
    const [entry] = (await access.list(lab.machineId)).entries;
    await leave(`restrict ${key.publicKey} Ana\n`);
    await expect(access.remove(lab.machineId, entry?.id ?? '', false)).rejects.toMatchObject({
      code: 'access-entry-changed',
    });
    expect(await readFile(remoteKeys(), 'utf8')).toBe(`restrict ${key.publicKey} Ana\n`);
  });

  it('the key that Nuvem signs in with goes only when that is confirmed', async () => {
    sshd = await startSshd({ passwordAccount: 'password', config: asShipped });
    await leave(`${key.publicKey} Ana\n`);
    await openLab({
      route: { host: sshd.host, port: sshd.port, user: sshd.user },
      identity: { kind: 'keyFile', path: '~/.ssh/id' },
      knownHostsPath: sshd.knownHostsPath,
    });
    const other = await makeKeyPair(join(home.path, 'other'));
    const [own, theirs] = (await access.add(lab.machineId, other.publicKey, 'Rita')).entries;
    expect([own, theirs]).toMatchObject([{ isInUse: true }, { isInUse: false }]);
    await expect(access.remove(lab.machineId, own?.id ?? '', false)).rejects.toMatchObject({
      code: 'access-key-in-use',
    });
    expect((await access.remove(lab.machineId, own?.id ?? '', true)).entries).toEqual([theirs]);
    expect(await readFile(remoteKeys(), 'utf8')).toBe(`${other.publicKey} Rita\n`);
    expect(await readFile(join(remoteHome(), '.ssh', 'authorized_keys.nuvem-backup'), 'utf8')).toContain(
      'Ana',
    );
  });
});
