import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hashedHosts,
  knownHostsLine,
  knownHostsName,
  matchesHosts,
  parseKnownHosts,
} from '../../../electron/trust/known-hosts';
import { fingerprintOf, keySizeOf, keyTypeOf } from '../../../electron/trust/public-key';
import { randomartOf } from '../../../electron/trust/randomart';
import { runCommand } from '../../support/lab/run-command';
import { makeKeyPair, type SshKeyPair, type SshKeyType } from '../../support/lab/ssh-keys';

let folder: string;
const keys = new Map<SshKeyType, SshKeyPair>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuvem-known-hosts-'));
  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    keys.set(type, await makeKeyPair(join(folder, type), { type }));
  }
});
afterAll(() => rm(folder, { recursive: true }));

const keyOf = (type: SshKeyType): SshKeyPair => {
  const key = keys.get(type);
  if (key === undefined) throw new Error(`no ${type} key`);
  return key;
};
const blobOf = (type: SshKeyType) => Buffer.from(keyOf(type).publicKey.split(' ')[1] ?? '', 'base64');

/** The lines that OpenSSH's own `ssh-keygen -F` finds for a host. */
async function linesFoundByOpenSsh(text: string, name: string): Promise<number[]> {
  const path = join(folder, 'asked');
  await writeFile(path, text);
  const found = await runCommand('ssh-keygen', ['-F', name, '-f', path]).catch(() => '');
  return [...found.matchAll(/found: line (\d+)/g)].map(([, line]) => Number(line));
}

const linesFoundByUs = (text: string, name: string) =>
  parseKnownHosts(text, 'known_hosts')
    .filter((entry) => matchesHosts(entry.hosts, name))
    .map((entry) => entry.line);

describe('which lines of known_hosts speak of a host', () => {
  const cases: readonly [what: string, hosts: string, name: string][] = [
    ['a plain name', 'lab.example.org', 'lab.example.org'],
    ['another name', 'lab.example.org', 'lab2.example.org'],
    ['a name in other case', 'LAB.example.org', 'lab.Example.ORG'],
    ['one of several names', 'a.example.org,b.example.org', 'b.example.org'],
    ['a star', '*.example.org', 'gpu.example.org'],
    ['a star that needs a dot', '*.example.org', 'example.org'],
    ['question marks', 'node-??', 'node-07'],
    ['too few characters for question marks', 'node-??', 'node-7'],
    ['a negated name among a star', '*.example.org,!bad.example.org', 'bad.example.org'],
    ['another name beside a negated one', '*.example.org,!bad.example.org', 'good.example.org'],
    ['only a negation', '!bad.example.org', 'good.example.org'],
    ['a name with a port', '[lab.example.org]:2222', '[lab.example.org]:2222'],
    ['another port', '[lab.example.org]:2222', '[lab.example.org]:2223'],
    ['a name without the port it has', '[lab.example.org]:2222', 'lab.example.org'],
    ['a star in brackets', '[*.example.org]:2222', '[gpu.example.org]:2222'],
    ['an IPv6 address', '2001:db8::1', '2001:db8::1'],
    ['many stars', '*a*b*c*', 'xxaxxbxxcxx'],
    ['many stars that end otherwise', '*a*b*c', 'xxaxxbxxcxx'],
  ];

  it.each(cases)('%s: as ssh-keygen -F says', async (_what, hosts, name) => {
    const text = `# a comment\n\n${hosts} ${keyOf('ed25519').publicKey} someone@somewhere\n`;
    expect(linesFoundByUs(text, name.toLowerCase())).toEqual(await linesFoundByOpenSsh(text, name));
  });

  it('finds the hosts that ssh-keygen -H hashed', async () => {
    const path = join(folder, 'hashed');
    const { publicKey } = keyOf('ed25519');
    await writeFile(path, `lab.example.org ${publicKey}\n[lab.example.org]:2222 ${publicKey}\n`);
    await runCommand('ssh-keygen', ['-q', '-H', '-f', path]);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('example');
    expect(linesFoundByUs(text, knownHostsName('LAB.example.org', 22))).toEqual([1]);
    expect(linesFoundByUs(text, knownHostsName('lab.example.org', 2222))).toEqual([2]);
    expect(linesFoundByUs(text, knownHostsName('lab.example.org', 2223))).toEqual([]);
  });

  it('writes hashed names that ssh-keygen -F finds', async () => {
    const name = knownHostsName('lab.example.org', 2222);
    const text = `${knownHostsLine(hashedHosts(name, Buffer.alloc(20, 7)), blobOf('rsa'))}\n`;
    expect(await linesFoundByOpenSsh(text, name)).toEqual([1]);
  });

  it('writes plain lines that ssh-keygen -F finds, for every host and port', async () => {
    const lines: string[] = [];
    const names: string[] = [];
    for (const [host, port] of [
      ['lab', 22],
      ['lab', 2222],
      ['10.0.0.7', 22],
      ['2001:db8::1', 22],
      ['2001:db8::1', 8022],
    ] as const) {
      names.push(knownHostsName(host, port));
      lines.push(knownHostsLine(knownHostsName(host, port), blobOf('ed25519')));
    }
    for (const [index, name] of names.entries()) {
      expect(await linesFoundByOpenSsh(`${lines.join('\n')}\n`, name)).toEqual([index + 1]);
    }
  });

  it('reads marked lines by their marker and skips what it cannot understand', async () => {
    const { publicKey } = keyOf('ed25519');
    const text = [
      `@revoked lab ${publicKey}`,
      `@cert-authority *.example.org ${publicKey}`,
      `@future-marker lab ${publicKey}`,
      'lab ssh-ed25519 AAAA-is-no-key',
      `lab ssh-rsa ${publicKey.split(' ')[1]}`,
      'lab 1024 35 1234567890',
      'lab',
      '   ',
      `\t lab   ${publicKey.replace(' ', '\t')}  with a comment`,
      `lab ${publicKey}\r`,
    ].join('\n');
    expect(parseKnownHosts(text, 'known_hosts').map(({ line, marker }) => [line, marker])).toEqual([
      [1, 'revoked'],
      [2, 'cert-authority'],
      [9, 'none'],
      [10, 'none'],
    ]);
  });
});

describe('properties of host patterns', () => {
  const hostName = fc.stringMatching(/^[a-z0-9.-]{1,20}$/);

  it('a name matches itself, plain and hashed, and no other name hashed', () => {
    fc.assert(
      fc.property(hostName, hostName, fc.integer({ min: 1, max: 65535 }), (host, other, port) => {
        const name = knownHostsName(host, port);
        const hashed = hashedHosts(name, Buffer.from(other.padEnd(20)));
        expect(matchesHosts(name, name)).toBe(true);
        expect(matchesHosts(hashed, name)).toBe(true);
        expect(matchesHosts(hashed, knownHostsName(other, port))).toBe(other === host);
      }),
    );
  });

  it('patterns agree with a regular expression', () => {
    const pattern = fc.stringMatching(/^[ab*?]{1,8}$/);
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab]{0,10}$/), (text, name) => {
        const regex = new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesHosts(text, name)).toBe(regex.test(name));
      }),
    );
  });

  it('whatever else the file holds, a good line is found and nothing else matches', () => {
    const noise = fc.array(
      fc.string().map((text) => text.replaceAll('\n', ' ')),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const text = [...before, `lab ${keyOf('ed25519').publicKey}`, ...after].join('\n');
        expect(linesFoundByUs(text, 'lab')).toEqual([before.length + 1]);
      }),
    );
  });
});

describe('what people compare', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)(
    '%s: type, fingerprint, size and picture are those of ssh-keygen -lv',
    async (type) => {
      const [line = '', ...picture] = (
        await runCommand('ssh-keygen', ['-lv', '-f', keyOf(type).publicKeyPath])
      )
        .trimEnd()
        .split('\n');
      const blob = blobOf(type);
      expect(keyTypeOf(blob)).toBe(keyOf(type).publicKey.split(' ')[0]);
      expect(fingerprintOf(blob)).toBe(line.split(' ')[1]);
      expect(keySizeOf(blob)?.bits).toBe(Number(line.split(' ')[0]));
      expect(randomartOf(blob)).toBe(picture.join('\n'));
    },
  );

  it('draws any key as ssh-keygen does', async () => {
    const path = join(folder, 'many.pub');
    const blobs = Array.from({ length: 50 }, (_, index) => {
      const publicPart = Buffer.alloc(32, index * 5);
      return Buffer.concat([
        Buffer.from([0, 0, 0, 11]),
        Buffer.from('ssh-ed25519'),
        Buffer.from([0, 0, 0, 32]),
        publicPart,
      ]);
    });
    await writeFile(path, '');
    for (const blob of blobs) await appendFile(path, `ssh-ed25519 ${blob.toString('base64')}\n`);
    const drawn = (await runCommand('ssh-keygen', ['-lv', '-f', path]))
      .split('\n')
      .filter((line) => /^[|+]/.test(line));
    expect(blobs.map(randomartOf).join('\n')).toBe(drawn.join('\n'));
  });

  it('a damaged key has no type', () => {
    expect(keyTypeOf(Buffer.from('AAAA', 'base64'))).toBeNull();
    expect(keyTypeOf(blobOf('rsa').subarray(0, 40))).toBeNull();
  });
});
