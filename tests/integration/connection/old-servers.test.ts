import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../shared/model/machine';
import { startDropbear } from '../../support/lab/dropbear';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

const isRoot = process.getuid?.() === 0;
const needsRoot = isRoot ? '' : ' (skipped: making a system account needs root)';

let cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

type Server = Pick<LabSshd, 'host' | 'port' | 'user' | 'knownHostsPath' | 'clientKeyPath'>;

async function connection(
  { host, port, user, knownHostsPath, clientKeyPath }: Server,
  allowsOldAlgorithms: boolean,
  identity: Identity = { kind: 'keyFile', path: clientKeyPath },
): Promise<LabConnection> {
  const machine = { allowsOldAlgorithms };
  const made = await makeLabConnection({ route: { host, port, user }, identity, knownHostsPath, machine });
  cleanUps.push(made.close);
  return made;
}

const agreed = (lab: LabConnection) => lab.log().find(({ code }) => code === 'algorithms-agreed')?.params;

describe('a server that knows only what SSH has given up', () => {
  it.each([
    ['kex', 'KexAlgorithms diffie-hellman-group1-sha1', 'diffie-hellman-group1-sha1', 'keyExchange'],
    ['kex', 'KexAlgorithms diffie-hellman-group14-sha1', 'diffie-hellman-group14-sha1', 'keyExchange'],
    [
      'kex',
      'KexAlgorithms diffie-hellman-group-exchange-sha1',
      'diffie-hellman-group-exchange-sha1',
      'keyExchange',
    ],
    ['hostKey', 'HostKeyAlgorithms ssh-rsa', 'ssh-rsa', 'hostKey'],
    ['cipher', 'Ciphers aes128-cbc', 'aes128-cbc', 'cipher'],
    ['cipher', 'Ciphers 3des-cbc', '3des-cbc', 'cipher'],
    ['mac', 'Ciphers aes128-ctr\nMACs hmac-sha1', 'hmac-sha1', 'mac'],
  ] as const)(
    '(%s: %s) is refused with what both offer, and used where that is allowed',
    async (kind, line, name, agreedAs) => {
      const server = await startSshd({ hostKeyTypes: ['rsa'], config: line.split('\n') });
      cleanUps.push(server.stop);
      const modern = await connection(server, false);
      const error = await modern.connectFails();
      expect(error).toMatchObject({ code: 'only-old-algorithms', params: { kind } });
      expect(String(error.params.offered).split(', ')).toContain(name);
      expect(String(error.params.ours).split(', ')).not.toContain(name);
      expect(modern.logCodes()).not.toContain('host-key-trusted');

      const old = await connection(server, true);
      expect((await (await old.connect()).exec('head -c 300000 /dev/zero | wc -c')).stdout).toBe('300000\n');
      expect(agreed(old)).toMatchObject({ [agreedAs]: name });
    },
  );

  it('takes an RSA key’s SHA-1 signature only where that is allowed', async () => {
    const server = await startSshd({ config: ['PubkeyAcceptedAlgorithms ssh-rsa'] });
    cleanUps.push(server.stop);
    const key = await makeKeyPair(join(server.folder, 'user'), { type: 'rsa' });
    await server.authorize([key.publicKey]);
    const identity = { kind: 'keyFile', path: key.path } as const;
    const modern = await connection(server, false, identity);
    expect((await modern.connectFails()).code).toBe('key-refused');

    const old = await connection(server, true, identity);
    expect((await (await old.connect()).exec('echo in')).stdout).toBe('in\n');
  });

  it('that has what even the switch does not allow is no matter of the switch', async () => {
    const server = await startSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
    cleanUps.push(server.stop);
    for (const allowsOld of [false, true]) {
      const lab = await connection(server, allowsOld);
      expect((await lab.connectFails()).code).toBe('no-common-algorithm');
    }
  });
});

describe('the switch for old servers', () => {
  it('changes nothing with a modern one', async () => {
    const server = await startSshd();
    cleanUps.push(server.stop);
    const [modern, old] = [await connection(server, false), await connection(server, true)];
    for (const lab of [modern, old]) await lab.connect();
    expect(agreed(old)).toEqual(agreed(modern));
  });
});

describe.runIf(isRoot)(`dropbear${needsRoot}`, () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('with an %s host key needs no switch', async (type) => {
    const dropbear = await startDropbear(type);
    cleanUps.push(dropbear.stop);
    const lab = await connection(dropbear, false);
    expect((await (await lab.connect()).exec('head -c 300000 /dev/zero | wc -c')).stdout).toBe('300000\n');
    expect(lab.log().find(({ code }) => code === 'server-version')?.params.version).toMatch(/^dropbear/);
  });
});
