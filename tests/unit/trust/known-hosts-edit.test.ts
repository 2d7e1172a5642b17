import fs from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashedHosts, knownHostsName } from '../../../electron/trust/known-hosts';
import { withoutLines, withReplacedKey } from '../../../electron/trust/known-hosts-edit';
import { trustedHostsIn, withoutTrustedHosts } from '../../../electron/trust/trusted-hosts';
import { directRoute, usualAgent } from '../../../shared/model/machine';
import { runCommand } from '../../support/lab/run-command';
import { makeKeyPair, type SshKeyPair } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { behindJump, sampleMachine, uuid } from '../../support/samples';

let folder: TempFolder;
let old: SshKeyPair;
let fresh: SshKeyPair;
beforeAll(async () => {
  folder = await makeTempFolder('known-hosts-edit');
  old = await makeKeyPair(join(folder.path, 'old'));
  fresh = await makeKeyPair(join(folder.path, 'fresh'));
});
afterAll(() => folder.remove());

const blob = (key: SshKeyPair) => Buffer.from(key.publicKey.split(' ')[1] ?? '', 'base64');
const replaced = (text: string, name = 'lab') => withReplacedKey(text, name, name, blob(fresh));
/** Lines that say nothing of `lab`, with all that people and programs leave in such files. */
const foreignLine = fc.oneof(
  fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll('\n', ' ')),
  fc
    .uint8Array({ maxLength: 30 })
    .map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r')),
  fc.constantFrom('', '# lab', '   ', '@cert-authority * ssh-rsa AAAA', 'lab ssh-unknown AAAA'),
  fc
    .constantFrom('other', 'laboratory', '[lab]:2222', '|1|c2FsdA==|aGFzaA==', '!lab,*')
    .map((hosts) => `${hosts} ${old.publicKey} c\xf4mment\r`),
);
const foreign = fc.array(foreignLine, { maxLength: 6 });

describe('replacing a host’s key', () => {
  it('keeps every other line byte for byte, in its place', () => {
    fc.assert(
      fc.property(foreign, foreign, fc.boolean(), (before, after, endsWithNewline) => {
        const end = endsWithNewline ? '\n' : '';
        const text = [...before, `lab ${old.publicKey} root@lab`, ...after].join('\n') + end;
        const result = [...before, `lab ${fresh.publicKey}`, ...after].join('\n') + end;
        const isLast = after.length === 0;
        expect(replaced(text)).toBe(isLast && !endsWithNewline ? `${result}\n` : result);
      }),
    );
  });

  it('adds a line where the host had none, after a last line without end too', () => {
    expect(replaced('other x')).toBe(`other x\nlab ${fresh.publicKey}\n`);
    expect(replaced('')).toBe(`lab ${fresh.publicKey}\n`);
  });

  it.each([
    ['lab,10.0.0.7', '10.0.0.7'],
    ['10.0.0.7,LAB,!x', '10.0.0.7,!x'],
    ['*.org,la?', '*.org,la?,!lab'],
  ])('a line for %s stays for %s', (hosts, others) => {
    expect(replaced(`${hosts} ${old.publicKey} note\n`)).toBe(
      `lab ${fresh.publicKey}\n${others} ${old.publicKey} note\n`,
    );
  });

  it('removes hashed names and all its older keys, but no revocation and no authority', () => {
    const policy = `@revoked lab ${old.publicKey}\n@cert-authority lab ${old.publicKey}\n`;
    const hashed = `${hashedHosts('lab', Buffer.alloc(20, 7))} ${old.publicKey}\n`;
    expect(replaced(`${policy}${hashed}lab ${old.publicKey}\n`)).toBe(`${policy}lab ${fresh.publicKey}\n`);
  });

  it('leaves what ssh-keygen -R leaves, and ssh-keygen -F finds the new key alone', async () => {
    const name = knownHostsName('Lab.example.org', 2222);
    const text = [
      '# mine',
      `${name} ${old.publicKey}`,
      `lab.example.org ${old.publicKey}`,
      `other ${old.publicKey} comment`,
      `${hashedHosts(name, Buffer.alloc(20, 9))} ${old.publicKey}`,
      '',
    ].join('\n');
    const [ours, theirs] = [join(folder.path, 'ours'), join(folder.path, 'theirs')];
    await fs.writeFile(theirs, text);
    await runCommand('ssh-keygen', ['-q', '-R', name, '-f', theirs]);
    const result = replaced(text, name);
    await fs.writeFile(ours, result);
    const added = `${name} ${fresh.publicKey}`;
    expect(withoutLines(result, (line) => line === added)).toBe(await fs.readFile(theirs, 'utf8'));
    const found = (await runCommand('ssh-keygen', ['-F', name, '-f', ours])).split('\n');
    expect(found.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([added]);
  });
});

describe('the list of trusted hosts', () => {
  it('tells names, hashes, marks, comments and the machines that each line is about', async () => {
    const text = [
      '# no host',
      `lab,10.0.0.7 ${old.publicKey} r\xc3\xa9seau 2`,
      `${hashedHosts('[lab]:2222', Buffer.alloc(20, 1))} ${fresh.publicKey}`,
      `@revoked *.bad ${old.publicKey}`,
    ].join('\n');
    const machines = [
      sampleMachine(1, { route: directRoute({ host: 'LAB', port: 22, user: 'ana' }) }),
      sampleMachine(2, { route: directRoute({ host: 'lab', port: 2222, user: 'ana' }) }),
      behindJump(3, {
        ...{ kind: 'inline', host: 'lab', port: 22, user: 'ana' },
        identity: usualAgent,
      }),
    ];
    const [one, two, three] = [uuid(1), uuid(2), uuid(3)];
    const seen = (fingerprint: string) => (fingerprint === old.fingerprint ? 1_790_000_000_000 : null);
    expect(trustedHostsIn(text, machines, seen)).toMatchObject([
      {
        firstSeenMs: 1_790_000_000_000,
        ...{ names: ['lab', '10.0.0.7'], marker: 'none', keyType: 'ssh-ed25519', comment: 'réseau 2' },
        ...{ fingerprint: old.fingerprint, machineIds: [one, two, three] },
      },
      { names: [], fingerprint: fresh.fingerprint, machineIds: [two], firstSeenMs: null },
      { names: ['*.bad'], marker: 'revoked', machineIds: [] },
    ]);
  });

  it('shows a file like ssh-keygen -l does', async () => {
    const path = join(folder.path, 'listed');
    const text = `a ${old.publicKey}\nb,c ${fresh.publicKey}\n`;
    await fs.writeFile(path, text);
    const listed = (await runCommand('ssh-keygen', ['-l', '-f', path])).trim().split('\n');
    expect(
      trustedHostsIn(text, []).map(({ names, fingerprint }) => `256 ${fingerprint} ${names} (ED25519)`),
    ).toEqual(listed);
  });

  it('forgets exactly the line that was meant and keeps all others byte for byte', () => {
    fc.assert(
      fc.property(foreign, foreign, (before, after) => {
        const line = `lab ${fresh.publicKey} root@lab`;
        const text = [...before, line, ...after].join('\n');
        const meant = trustedHostsIn(line, [])[0]?.id;
        if (meant === undefined) throw new Error('not listed');
        expect(withoutTrustedHosts(text, [meant])).toBe(
          [...before, ...(after.length === 0 ? [''] : after)].join('\n'),
        );
      }),
    );
  });

  it('does not forget revocations and authorities', () => {
    const text = `@revoked * ${old.publicKey}\n@cert-authority * ${old.publicKey}\n`;
    const ids = trustedHostsIn(text, []).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(withoutTrustedHosts(text, ids)).toBe(text);
  });
});
