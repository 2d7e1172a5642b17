import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type CertificateOptions, certify } from '../../support/lab/ssh-certificates';
import { makeKeyPair, type SshKeyPair, type SshKeyType } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let folder: TempFolder;
let authority: SshKeyPair;
let cleanUps: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await makeTempFolder('host-certificates');
  authority = await makeKeyPair(join(folder.path, 'authority'));
});
afterAll(() => folder.remove());
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

let count = 0;
/** A server that shows a certificate of its host key, and that key itself to whoever wants no certificate. */
async function certifiedServer(
  options: CertificateOptions & { readonly type?: SshKeyType; readonly config?: readonly string[] } = {},
  by = authority,
): Promise<LabSshd & { readonly hostKey: SshKeyPair }> {
  count += 1;
  const hostKey = await makeKeyPair(join(folder.path, `host_${count}`), { type: options.type ?? 'ed25519' });
  const certificatePath = await certify(by, hostKey, {
    ...{ principals: ['127.0.0.1'], isForHosts: true },
    ...options,
  });
  const sshd = await startSshd({
    config: [`HostKey ${hostKey.path}`, `HostCertificate ${certificatePath}`, ...(options.config ?? [])],
    hostKeyTypes: [],
  });
  cleanUps.push(sshd.stop);
  return { ...sshd, hostKey };
}

async function connection(sshd: LabSshd, knownHosts: string): Promise<LabConnection> {
  const { host, port, user, clientKeyPath: path } = sshd;
  const lab = await makeLabConnection({ route: { host, port, user }, identity: { kind: 'keyFile', path } });
  cleanUps.push(lab.close);
  await writeFile(lab.knownHostsPath, knownHosts);
  return lab;
}

const trusting = (hosts = '127.0.0.1', by = authority) => `@cert-authority ${hosts} ${by.publicKey}\n`;

/** How it ends without an answer of the user: `ready`, the question about the plain key, or an error's code. */
async function outcome(lab: LabConnection): Promise<string> {
  lab.pool.connect(lab.machineId);
  const state = await Promise.race([
    ...(['ready', 'awaitingHostKey', 'failed'] as const).map((kind) => lab.reached(kind)),
  ]);
  return state.kind === 'failed' ? state.error.code : state.kind;
}

describe('a host whose certificate authority is known', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)(
    'is trusted by its certificate of an %s key',
    async (type) => {
      const sshd = await certifiedServer({ type, keyId: 'gpu box' });
      const lab = await connection(sshd, trusting());
      expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
      expect(lab.log().find(({ code }) => code === 'host-certificate-shown')?.params).toEqual({
        ...{ keyId: 'gpu box', authority: authority.fingerprint },
      });
    },
  );

  it.each(['ecdsa', 'rsa'] as const)('is trusted by an authority with an %s key', async (type) => {
    const by = await makeKeyPair(join(folder.path, `authority_${type}`), { type });
    const lab = await connection(await certifiedServer({}, by), trusting('127.0.0.1', by));
    expect(await outcome(lab)).toBe('ready');
  });

  it.each(['diffie-hellman-group14-sha256', 'diffie-hellman-group-exchange-sha256', 'ecdh-sha2-nistp256'])(
    'is trusted whatever the key exchange (%s)',
    async (kex) => {
      const sshd = await certifiedServer({ type: 'rsa', config: [`KexAlgorithms ${kex}`] });
      expect(await outcome(await connection(sshd, trusting()))).toBe('ready');
    },
  );

  it('stays trusted when the server wants new session keys', async () => {
    const sshd = await certifiedServer({ config: ['RekeyLimit 1M', 'LogLevel DEBUG1'] });
    const transport = await (await connection(sshd, trusting())).connect();
    const { stdout } = await transport.exec(
      "head -c 5000000 /dev/zero | tr '\\0' x | wc -c; head -c 4000000 /dev/zero | tr '\\0' y",
    );
    expect(stdout.length).toBeGreaterThan(4_000_000);
    expect(sshd.log()).toContain('rekey');
  });

  it('is trusted by patterns of names, of the host and in the certificate', async () => {
    const sshd = await certifiedServer({ principals: ['127.*'] });
    for (const hosts of ['127.0.*', `[127.0.0.1]:${sshd.port}`])
      expect(await outcome(await connection(sshd, trusting(hosts)))).toBe('ready');
  });
});

describe('a certificate that is worth nothing leaves the plain key to be judged', () => {
  it.each([
    ['of another authority', {}, 'stranger'],
    ['for another host', { principals: ['elsewhere.example.com'] }, 'authority'],
    ['made for users', { isForHosts: false }, 'authority'],
    ['expired', { validity: '20200101:20210101' }, 'authority'],
    ['not valid yet', { validity: '20990101:20990102' }, 'authority'],
  ] as const)('%s', async (_what, options, by) => {
    const stranger = await makeKeyPair(join(folder.path, `stranger_${count}`));
    const sshd = await certifiedServer(options, by === 'stranger' ? stranger : authority);
    const asked = await connection(sshd, trusting());
    expect(await outcome(asked)).toBe('awaitingHostKey');
    const { fingerprint } = await asked.nextHostKeyPrompt();
    expect(fingerprint).toBe(sshd.hostKey.fingerprint);
    expect(asked.logCodes()).toContain('host-certificate-not-trusted');

    const name = `[127.0.0.1]:${sshd.port}`;
    const known = await connection(sshd, `${trusting()}${name} ${sshd.hostKey.publicKey}\n`);
    expect(await outcome(known)).toBe('ready');
    const changed = await connection(sshd, `${trusting()}${name} ${stranger.publicKey}\n`);
    expect(await outcome(changed)).toBe('host-key-changed');
  });

  it('of an authority that is trusted for other hosts only', async () => {
    const lab = await connection(await certifiedServer(), trusting('*,!127.0.0.1,![127.0.0.1]:*'));
    expect(await outcome(lab)).toBe('awaitingHostKey');
  });

  it('and is not asked for where no authority is named', async () => {
    const sshd = await certifiedServer();
    const lab = await connection(sshd, '');
    expect(await outcome(lab)).toBe('awaitingHostKey');
    expect(lab.logCodes()).not.toContain('host-certificate-not-trusted');
  });
});

describe('a revoked', () => {
  it.each(['authority', 'host key'])('%s is refused', async (what) => {
    const sshd = await certifiedServer();
    const { publicKey } = what === 'authority' ? authority : sshd.hostKey;
    const lab = await connection(sshd, `${trusting()}@revoked * ${publicKey}\n`);
    expect(await outcome(lab)).toBe('host-key-revoked');
  });
});
