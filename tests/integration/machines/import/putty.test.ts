import fs from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completePlan } from '../../../../electron/machines/import/complete-plan';
import { findPuttyFolder, readPuttyFolder } from '../../../../electron/machines/import/putty/putty-folder';
import { readPuttySessions } from '../../../../electron/machines/import/putty/putty-session';
import type { ImportItem } from '../../../../shared/model/import-plan';
import type { Route } from '../../../../shared/model/machine';
import { endText } from '../../../../shared/model/tunnel';
import { freePort } from '../../../support/lab/free-port';
import { makeLabConnection } from '../../../support/lab/lab-connection';
import { type LabPlink, makePlink } from '../../../support/lab/plink';
import { toPuttyKey } from '../../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../../support/lab/sshd';

/** What we read of PuTTY's files is held against what PuTTY's own `plink` does with them. */
let plink: LabPlink;
beforeAll(async () => {
  plink = await makePlink();
});
afterAll(() => plink.remove());

async function itemsOf(folder: string): Promise<readonly ImportItem[]> {
  const { sessions } = await readPuttyFolder(folder, fs);
  const { candidates, remarks } = readPuttySessions(sessions, 'me');
  return completePlan({ kind: 'putty', location: folder }, candidates, remarks).items;
}
const itemOf = async (name: string) =>
  (await itemsOf(plink.folder)).find(({ machine }) => machine.name === name);

describe('sessions of PuTTY, against plink', () => {
  test('lead where plink goes, whatever their settings', async () => {
    const loopback = fc.integer({ min: 2, max: 250 }).map((last) => `127.9.9.${last}`);
    // Nothing listens on these addresses, so every try ends at once.
    const session = fc.record({
      name: fc
        .stringMatching(/^[ a-zA-Z0-9.,;*?%"\\/áç€-]{1,12}$/)
        .filter((name) => name.trim() === name && !name.startsWith('-')),
      host: loopback,
      before: fc.constantFrom('', '', ' ', '\t', 'bob@', 'b@c@', ' bob@'),
      after: fc.constantFrom('', '', ' ', ':99', ':'),
      port: fc.constantFrom(undefined, 22, 2222, 65_535),
      protocol: fc.constantFrom('ssh', 'ssh', 'ssh', undefined, 'nonsense'),
      method: fc.constantFrom(undefined, 0, 2, 3, 6),
      proxyPort: fc.constantFrom(undefined, 1080, 22),
    });
    const sessions = fc.sample(session, { numRuns: 60, seed: 7 });
    const said = new Map<string, string>();
    for (const { name, host, before, after, port, protocol, method, proxyPort } of sessions) {
      const settings = {
        HostName: `${before}${host}${after}`,
        ...(protocol !== undefined && { Protocol: protocol }),
        ...(port !== undefined && { PortNumber: port }),
        ...(method !== undefined && { ProxyMethod: method, ProxyHost: '127.8.8.8' }),
        ...(proxyPort !== undefined && { ProxyPort: proxyPort }),
        ProxyLocalhost: 1,
      };
      await plink.save(escaped(name), settings);
      said.set(name, await plink.load(name));
    }
    const items = await itemsOf(plink.folder);
    expect(items.map(({ machine }) => machine.name).toSorted()).toEqual([...said.keys()].toSorted());
    for (const { machine } of items) {
      const words = said.get(machine.name) ?? '';
      expect([machine.name, wayWith(machine.route)]).toEqual([machine.name, wayIn(words, machine.route)]);
    }
  });

  test('bring the command of a local proxy as plink runs it', async () => {
    await plink.save('command', {
      HostName: 'far.example.com',
      Protocol: 'ssh',
      PortNumber: 2201,
      UserName: 'bob',
      ProxyMethod: 5,
      ProxyHost: 'px',
      ProxyPort: 1090,
      ProxyUsername: 'pu',
      ProxyTelnetCommand: 'echo %host %port %proxyhost %proxyport %user 5%% %x',
    });
    const [, run] = /Starting local proxy command: (.*)/.exec(await plink.load('command')) ?? [];
    const proxy = (await itemOf('command'))?.machine.route.proxy;
    const command = proxy?.kind === 'command' ? proxy : undefined;
    const expanded = command?.line.replaceAll(
      /%[hp%]/g,
      (token) => ({ '%h': 'far.example.com', '%p': '2201' })[token] ?? '%',
    );
    expect(expanded).toBe(run);
  });
});

/** As PuTTY names files of sessions on Unix. */
function escaped(name: string): string {
  return [...Buffer.from(name)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[a-zA-Z0-9_+.-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function wayWith({ host, port, proxy, jumps }: ImportItem['machine']['route']) {
  const [jump] = jumps;
  if (proxy !== null && proxy.kind !== 'command')
    return { host, port: null, first: { kind: proxy.kind, host: proxy.host, port: proxy.port } };
  if (jump?.kind === 'inline') return { host, port: null, first: `${jump.host}:${jump.port}` };
  return { host, port, first: null };
}

/** What plink said of its way; over SSH or a proxy it says nothing of the last port. */
function wayIn(words: string, route: Pick<Route, 'port'>) {
  const [, target] = /(?:Looking up host|Leaving host lookup to proxy of) "([^"]*)"/.exec(words) ?? [];
  const [, kind, host, port] = /Connecting to (SOCKS 5|HTTP) proxy at (\S+) port (\d+)/.exec(words) ?? [];
  const [, through, end] = /Will use .* to connect to (\S+):(\d+)/.exec(words) ?? [];
  if (kind !== undefined) {
    expect([through, Number(end)]).toEqual([target, route.port]);
    return {
      host: target,
      port: null,
      first: { kind: kind === 'HTTP' ? 'http' : 'socks5', host, port: Number(port) },
    };
  }
  const [, gate, gatePort] = /proxy: Connecting to (\S+) port (\d+)/.exec(words) ?? [];
  if (gate !== undefined) return { host: target, port: null, first: `${gate}:${gatePort}` };
  const [, direct, directPort] = /Connecting to (\S+) port (\d+)/.exec(words) ?? [];
  return { host: direct, port: Number(directPort), first: null };
}

describe('with a server', () => {
  let sshd: LabSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  test('a session with a key and tunnels does in Nuvem what it does in plink', async () => {
    const [local, socks] = [await freePort(), await freePort()];
    const keyPath = await toPuttyKey(sshd.clientKeyPath, { version: 3 });
    await plink.save('box', {
      HostName: `${sshd.user}@${sshd.host}`,
      Protocol: 'ssh',
      PortNumber: sshd.port,
      PublicKeyFile: keyPath,
      PortForwardings: `L${local}=localhost:${sshd.port},4D127.0.0.1:${socks}=,R127.0.0.1:${await freePort()}=[\\:\\:1]:80`,
    });
    const fingerprint =
      sshd.hostKeys.find(({ publicKey }) => publicKey.startsWith('ssh-ed25519'))?.fingerprint ?? '';
    const said = await plink.load('box', {
      args: ['-batch', '-N', '-hostkey', fingerprint],
      until: /Remote port forwarding from [^\n]* enabled/,
    });
    const item = await itemOf('box');
    if (item === undefined) throw new Error('no item');
    const [forward, dynamic, remote] = item.tunnels.map((tunnel) => tunnel.forward);
    expect(said).toContain(`Using username "${item.machine.route.user}"`);
    if (forward?.kind !== 'local' || dynamic?.kind !== 'dynamic' || remote?.kind !== 'remote')
      throw new Error('tunnels');
    expect(said).toContain(
      `Local port ${forward.listen.kind === 'tcp' && forward.listen.port} forwarding to ${endText(forward.target)}`,
    );
    expect(said).toContain(`Local IPv4 port ${endText(dynamic.listen)} SOCKS dynamic forwarding`);
    expect(said).toContain(`Remote port forwarding from ${endText(remote.listen)} enabled`);

    const { host, port, user } = item.machine.route;
    const connection = await makeLabConnection({
      route: { host, port, user },
      identity: item.machine.identity,
      knownHostsPath: sshd.knownHostsPath,
    });
    try {
      await connection.connect();
      expect(connection.state().kind).toBe('ready');
    } finally {
      await connection.close();
    }
  });
});

test.each(['ed25519', 'ecdsa', 'rsa'] as const)(
  'the %s key of a host that plink saved is the one of the server',
  async (type) => {
    const sshd = await startSshd({ hostKeyTypes: [type] });
    const own = await makePlink();
    try {
      await own.save('box', {
        HostName: sshd.host,
        Protocol: 'ssh',
        PortNumber: sshd.port,
        UserName: sshd.user,
      });
      await own.load('box', { args: ['-N', '-noagent'], input: 'y\n', until: /Using username/ });
      const { hostKeys } = await readPuttyFolder(own.folder, fs);
      expect(hostKeys.map(({ host, port, blob }) => [host, port, blob.toString('base64')])).toEqual([
        [sshd.host, sshd.port, sshd.hostKeys[0]?.publicKey.split(' ')[1]],
      ]);
    } finally {
      await own.remove();
      await sshd.stop();
    }
  },
);

describe('the folder of PuTTY', () => {
  test('is found where plink looks for it', async () => {
    await plink.save('any', { HostName: 'x', Protocol: 'ssh' });
    expect(await findPuttyFolder({ PUTTYDIR: plink.folder }, '/nonexistent', fs)).toBe(plink.folder);
    const home = join(plink.folder, 'home');
    await fs.mkdir(join(home, '.putty', 'sessions'), { recursive: true });
    expect(await findPuttyFolder({}, home, fs)).toBeNull();
    await fs.writeFile(join(home, '.putty', 'sessions', 'a'), '');
    expect(await findPuttyFolder({}, home, fs)).toBe(join(home, '.putty'));
  });
});
