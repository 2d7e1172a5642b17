import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../shared/model/machine';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { startSshAgent } from '../../support/lab/ssh-agent';
import { certify, putBeside } from '../../support/lab/ssh-certificates';
import { makeKeyPair, type SshKeyPair, type SshKeyType } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let folder: TempFolder;
let authority: SshKeyPair;
let sshd: LabSshd;
let cleanUps: (() => Promise<unknown>)[] = [];
let keyCount = 0;

beforeAll(async () => {
  folder = await makeTempFolder('certificates');
  await chmod(folder.path, 0o755);
  authority = await makeKeyPair(join(folder.path, 'authority'));
  // It trusts the authority and no key by itself.
  sshd = await startSshd({ config: [`TrustedUserCAKeys ${authority.publicKeyPath}`] });
  await sshd.authorize([]);
});
afterAll(async () => {
  await sshd.stop();
  await folder.remove();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

async function userKey(type: SshKeyType = 'ed25519', passphrase = ''): Promise<SshKeyPair> {
  keyCount += 1;
  return makeKeyPair(join(folder.path, `user_${keyCount}`), { type, passphrase });
}

async function connection(identity: Identity): Promise<LabConnection> {
  const { host, port, user, knownHostsPath } = sshd;
  const made = await makeLabConnection({ route: { host, port, user }, identity, knownHostsPath });
  cleanUps.push(made.close);
  return made;
}
const keyFile = (path: string): Identity => ({ kind: 'keyFile', path });

describe('a certificate beside a key file', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('of an %s key opens the machine', async (type) => {
    const key = await userKey(type);
    await certify(authority, key, { principals: [sshd.user] });
    const lab = await connection(keyFile(key.path));
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
    const loaded = lab.log().filter(({ code }) => code === 'key-loaded');
    expect(loaded.map(({ params }) => params.keyType)).toEqual([
      expect.stringContaining('-cert-v01@openssh.com'),
      expect.not.stringContaining('-cert'),
    ]);
  });

  it('opens it with a key that has a passphrase', async () => {
    const key = await userKey('ed25519', 'correct horse');
    await certify(authority, key, { principals: [sshd.user] });
    const lab = await connection(keyFile(key.path));
    const ready = lab.connect();
    await lab.giveSecret('correct horse');
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
  });

  it('that is not needed does not keep the plain key from being used', async () => {
    const key = await userKey();
    const stranger = await makeKeyPair(join(folder.path, 'unknown_authority'));
    await certify(stranger, key, { principals: [sshd.user] });
    await sshd.authorize([key.publicKey]);
    const lab = await connection(keyFile(key.path));
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
    await sshd.authorize([]);
  });

  it('that has expired is named with its dates', async () => {
    const key = await userKey();
    await certify(authority, key, {
      ...{ keyId: 'ana for a day', principals: [sshd.user], validity: '20260101120000Z:20260102120000Z' },
    });
    const lab = await connection(keyFile(key.path));
    expect(await lab.connectFails()).toMatchObject({
      code: 'certificate-not-valid',
      params: {
        ...{ keyId: 'ana for a day', validFrom: '2026-01-01 12:00 UTC', validTo: '2026-01-02 12:00 UTC' },
      },
    });
  });

  it('for other users is named with them', async () => {
    const key = await userKey();
    await certify(authority, key, { keyId: 'not for you', principals: ['bia', 'caio'] });
    const lab = await connection(keyFile(key.path));
    expect(await lab.connectFails()).toMatchObject({
      code: 'certificate-refused',
      params: { keyId: 'not for you', principals: 'bia, caio', validTo: '–', user: sshd.user },
    });
  });

  it('that belongs to another key is left alone', async () => {
    const [key, other] = [await userKey(), await userKey()];
    await putBeside(await certify(authority, other, { principals: [sshd.user] }), key.path);
    const lab = await connection(keyFile(key.path));
    expect((await lab.connectFails()).code).toBe('key-refused');
  });
});

describe('a certificate in an agent', () => {
  it.each(['ed25519', 'rsa'] as const)(
    'of an %s key opens the machine, also with the key pinned',
    async (type) => {
      const agent = await startSshAgent();
      cleanUps.push(agent.stop);
      const key = await userKey(type);
      await certify(authority, key, { principals: [sshd.user] });
      await agent.add(key.path);
      const { socketPath } = agent;
      for (const pinnedKey of [null, key.publicKey]) {
        const lab = await connection({ kind: 'agent', socketPath, pinnedKey });
        expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
      }
    },
  );
});
