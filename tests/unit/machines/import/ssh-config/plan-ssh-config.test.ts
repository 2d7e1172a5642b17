import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfigFileSystem } from '../../../../../electron/machines/import/ssh-config/config-file-system';
import { planSshConfig } from '../../../../../electron/machines/import/ssh-config/plan-ssh-config';
import { ImportPlan } from '../../../../../shared/model/import-plan';
import { emptyMachineDraft } from '../../../../../shared/model/machine';

const homeFolder = '/home/me';
const path = '/home/me/.ssh/config';

/** Stands for what is no file: whoever reads it waits for ever. */
const pipe = 'pipe';

/** Files that are only told of. */
function filesOf(files: Readonly<Record<string, string | Uint8Array>>): ConfigFileSystem {
  const missing = () => Object.assign(new Error('missing'), { code: 'ENOENT' });
  return {
    readFile: async (file) => {
      const content = files[file];
      if (content === undefined) throw missing();
      return Buffer.from(content);
    },
    stat: async (file) => {
      const content = files[file];
      if (content === undefined) throw missing();
      return { isFile: () => content !== pipe, size: content.length };
    },
    readdir: async (folder) => {
      const names = Object.keys(files)
        .filter((file) => file.startsWith(`${folder}/`))
        .map((file) => file.slice(folder.length + 1));
      if (names.length === 0) throw missing();
      return [...new Set(names.map((name) => name.replace(/\/.*/, '')))].map((name) => ({
        name,
        isFile: () => names.includes(name),
        isDirectory: () => !names.includes(name),
      }));
    },
  };
}

/** The plan of a configuration; more files stand below `~/.ssh`. */
function planOf(config: string | Uint8Array, more: Readonly<Record<string, string>> = {}) {
  const files = Object.fromEntries(
    Object.entries({ ...more, config }).map(([name, content]) => [`/home/me/.ssh/${name}`, content]),
  );
  return planSshConfig({ path, homeFolder, localUser: 'me', fs: filesOf(files) });
}

/** What becomes of one host. */
async function hostOf(config: string, name = 'gpu', more: Readonly<Record<string, string>> = {}) {
  const { items } = await planOf(config, more);
  return items.find(({ machine }) => machine.name === name) ?? expect.fail(`no ${name}`);
}

const agent = emptyMachineDraft.identity;
const unsupported = (option: string, line: number | null) => ({
  code: 'option-unsupported',
  params: { option },
  line,
});

describe('a host that is named', () => {
  test('becomes a machine with what all sections for it say, the first value of each', async () => {
    const { machine, remarks } = await hostOf(
      [
        'Host gpu other',
        '  HostName %h.lab.example.com',
        '  IdentityFile ~/.ssh/%r@%h',
        '  IdentitiesOnly yes',
        'Match host *.lab.example.com',
        '  Port 2222',
        'Host g* !gpu2',
        '  User ana',
        '  Port 1',
      ].join('\n'),
    );
    expect(machine).toMatchObject({
      name: 'gpu',
      route: { host: 'gpu.lab.example.com', port: 2222, user: 'ana', jumps: [], proxy: null },
      identity: { kind: 'keyFile', path: '~/.ssh/ana@gpu.lab.example.com' },
    });
    expect(remarks).toEqual([]);
  });

  test('is itself the host, and is reached as the user of this computer, when nothing says more', async () => {
    const { machine, remarks } = await hostOf('Host gpu');
    expect(machine).toMatchObject({ route: { host: 'gpu', port: 22, user: 'me' }, identity: agent });
    expect(remarks).toEqual([{ code: 'user-assumed', params: { user: 'me' }, line: 1 }]);
  });

  test('asks for a password when keys are switched off', async () => {
    const { machine } = await hostOf(
      'Host gpu\nUser a\nPreferredAuthentications keyboard-interactive,password',
    );
    expect(machine.identity).toEqual({ kind: 'password' });
  });

  test('signs in by the agent that it names, with the key whose public half it names', async () => {
    const { items } = await planOf(
      [
        'Host gpu',
        '  User a',
        '  IdentityFile ~/.ssh/work.pub',
        '  IdentitiesOnly yes',
        '  ForwardAgent yes',
        'Host *',
        '  IdentityAgent "~/Library/Group Containers/agent.sock"',
      ].join('\n'),
      { 'work.pub': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqd ana@laptop\n' },
    );
    expect(items[0]?.machine).toMatchObject({
      forwardsAgent: true,
      identity: {
        kind: 'agent',
        socketPath: '~/Library/Group Containers/agent.sock',
        pinnedKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqd',
      },
    });
    expect(items[0]?.remarks.map(({ code }) => code)).toEqual(['agent-forwarded']);
  });

  test.each([
    ['IdentityFile gone.pub', 'agent', ['IdentityFile gone.pub']],
    ['IdentityAgent none', 'password', []],
    ['IdentityAgent $AGENT', 'agent', ['IdentityAgent $AGENT']],
    ['IdentityFile k\nIdentityAgent /run/a', 'keyFile', ['IdentityAgent /run/a']],
    ['IdentityFile %C\nIdentityFile %L\nIdentityFile k', 'keyFile', ['IdentityFile %C', 'IdentityFile %L']],
    ['IdentityFile none\nForwardAgent /run/a', 'agent', ['ForwardAgent /run/a']],
  ])('with %j signs in by %s', async (lines, kind, options) => {
    const { machine, remarks } = await hostOf(`Host gpu\nUser a\n${lines}`);
    expect(machine.identity.kind).toBe(kind);
    expect(remarks.map(({ params }) => params.option)).toEqual(options);
  });

  test.each([
    ['', ['id_ed25519'], 'keyFile', ['key-assumed']],
    ['', ['id_ed25519', 'id_rsa'], 'agent', []],
    ['', ['id_ed25519_sk', 'id_rsa_old'], 'agent', []],
    ['IdentityAgent SSH_AUTH_SOCK', ['id_ed25519'], 'agent', []],
    ['IdentityFile none', ['id_ed25519'], 'agent', []],
    ['PubkeyAuthentication no', ['id_ed25519'], 'password', []],
  ])('with %j, and %j in ~/.ssh, signs in by %s', async (lines, files, kind, codes) => {
    const more = Object.fromEntries(files.map((file) => [file, 'a key that nobody reads']));
    const { machine, remarks } = await hostOf(`Host gpu\nUser a\n${lines}`, 'gpu', more);
    expect(machine.identity.kind).toBe(kind);
    expect(remarks.map(({ code }) => code)).toEqual(codes);
  });

  test('takes the certificate beside its key along, and names others', async () => {
    const optionsOf = async (certificate: string) =>
      (await hostOf(`Host gpu\nUser a\nIdentityFile ~/k-%h\nCertificateFile ${certificate}`)).remarks.map(
        ({ params }) => params.option,
      );
    expect(await optionsOf('~/k-%h-cert.pub')).toEqual([]);
    expect(await optionsOf('~/k-gpu-cert.pub')).toEqual([]);
    expect(await optionsOf('~/other-cert.pub')).toEqual(['CertificateFile ~/other-cert.pub']);
  });

  test.each([
    ['KexAlgorithms +diffie-hellman-group1-sha1', true, ['old-algorithms-allowed']],
    ['HostKeyAlgorithms = "^ssh-rsa"', true, ['old-algorithms-allowed']],
    ['Ciphers +aes128-cbc,arcfour', true, ['option-unsupported', 'old-algorithms-allowed']],
    ['MACs hmac-sha1', true, ['option-unsupported', 'old-algorithms-allowed']],
    ['PubkeyAcceptedAlgorithms -ssh-rsa', false, ['option-unsupported']],
    ['KexAlgorithms curve25519-sha256', false, ['option-unsupported']],
  ])('with %j allows old algorithms: %s', async (line, isAllowed, codes) => {
    const { machine, remarks } = await hostOf(`Host gpu\nUser a\n${line}`);
    expect(machine.allowsOldAlgorithms).toBe(isAllowed);
    expect(remarks.map(({ code }) => code)).toEqual(codes);
  });

  test('brings its forwards, switched on, and says which are open to others or no tunnels', async () => {
    const { tunnels, remarks } = await hostOf(
      'Host gpu\nUser a\nLocalForward 8080 web:80\nDynamicForward *:1080\nRemoteForward 9000\nRemoteForward 9 [::1]:10',
    );
    expect(tunnels).toMatchObject([
      { isOn: true, isExposed: false, startsWith: 'connection', forward: { kind: 'local' } },
      { forward: { kind: 'remote', listen: { port: 9 }, target: { host: '::1', port: 10 } } },
      { isExposed: true, forward: { kind: 'dynamic', listen: { address: '0.0.0.0', port: 1080 } } },
    ]);
    expect(remarks.map(({ code, params }) => [code, params.tunnel])).toEqual([
      ['tunnel-invalid', '9000'],
      ['tunnel-exposed', '0.0.0.0:1080'],
    ]);
  });

  test('names everything that a machine has no place for, with its line', async () => {
    const { remarks } = await hostOf(
      'Host gpu\nUser a\nCompression yes\nSetEnv TOKEN=hunter\nForwardX11 no\nIdentityFile a\nIdentityFile b',
    );
    expect(remarks).toEqual([
      { ...unsupported('IdentityFile b', 1) },
      unsupported('Compression yes', 3),
      unsupported('SetEnv TOKEN=…', 4),
    ]);
  });
});

describe('the way to a host', () => {
  test('goes over machines where they are aliases, and over servers that the patterns know', async () => {
    const { machine } = await hostOf(
      [
        'Host gpu',
        '  User ana',
        '  ProxyJump bastion,ops@inner.corp:2200',
        'Host bastion',
        '  User ana',
        'Host *.corp',
        '  IdentityFile ~/.ssh/corp',
      ].join('\n'),
    );
    expect(machine.route.jumps).toEqual([
      { kind: 'item', key: 'host:bastion' },
      {
        ...{ kind: 'inline', host: 'inner.corp', port: 2200, user: 'ops' },
        identity: { kind: 'keyFile', path: '~/.ssh/corp' },
      },
    ]);
  });

  test('takes the own way of its first jump host along', async () => {
    const { machine } = await hostOf(
      'Host gpu\nUser a\nProxyJump x@in.corp\nHost *.corp\nProxyJump y@out.example\nHost *.example\nProxyCommand nc %h %p',
    );
    expect(machine.route).toMatchObject({
      jumps: [
        { host: 'out.example', user: 'y' },
        { host: 'in.corp', user: 'x' },
      ],
      proxy: { kind: 'command', line: 'nc %h %p' },
    });
  });

  test('in a circle is left out and named', async () => {
    const { machine, remarks } = await hostOf('Host gpu\nUser a\nHost *\nProxyJump gate');
    expect(machine.route.jumps).toEqual([{ ...inlineGate }]);
    expect(remarks.map(({ code }) => code)).toEqual(['jump-loop']);
  });
  const inlineGate = { kind: 'inline', host: 'gate', port: 22, user: 'me', identity: agent };

  test('begins with a command, told the alias, or with the proxy that netcat would use', async () => {
    const proxyOf = async (command: string) =>
      (await hostOf(`Host gpu\nUser a\nHostName h\nProxyCommand ${command}`)).machine.route.proxy;
    expect(await proxyOf('connect %n %h:%p %%')).toEqual({ kind: 'command', line: 'connect gpu %h:%p %%' });
    expect(await proxyOf('none')).toBeNull();
    expect(await proxyOf('nc -X connect -x proxy:3128 %h %p')).toEqual({
      ...{ kind: 'http', host: 'proxy', port: 3128, user: '' },
    });
    expect(await proxyOf('/bin/nc -X 5 -P ana -x proxy:1080 %h %p')).toEqual({
      ...{ kind: 'socks5', host: 'proxy', port: 1080, user: 'ana' },
    });
    expect(await proxyOf('nc -X 5 -x proxy:1080 %h %p | tee x')).toMatchObject({ kind: 'command' });
  });
});

describe('a configuration', () => {
  test('is read with its includes, in order, hidden ones left out, circles named', async () => {
    const plan = await planOf('Include conf.d/* gone\nHost z\nUser z', {
      'conf.d/b': 'Host b\nUser b',
      'conf.d/a': 'Host a\nUser a\nCompression yes\nInclude ../config conf.d/a',
      'conf.d/.c': 'Host c',
    });
    expect(plan.items.map(({ machine }) => machine.name)).toEqual(['a', 'b', 'z']);
    expect(plan.items[0]?.remarks).toEqual([unsupported('Compression yes (/home/me/.ssh/conf.d/a)', null)]);
    expect(plan.remarks).toMatchObject([{ code: 'option-invalid', line: null }]);
  });

  test('never runs a command, and says which conditions it can not know', async () => {
    const trace = join(tmpdir(), `nuvem-trace-${process.pid}`);
    const plan = await planOf(
      `Match exec "touch ${trace}"\nUser evil\nHost gpu\nUser a\nProxyCommand touch ${trace}`,
    );
    expect(plan.items[0]?.machine.route.user).toBe('a');
    expect(plan.remarks).toEqual([unsupported(`Match exec "touch ${trace}"`, 1)]);
    await expect(readFile(trace)).rejects.toThrow(/ENOENT/);
  });

  test('applies to hosts with a tag what is for that tag', async () => {
    const { items } = await planOf('Host a b\nUser x\nHost a\nTag lab\nMatch tagged l*\nPort 2222');
    expect(items.map(({ machine }) => machine.route.port)).toEqual([2222, 22]);
  });

  test('is not read where it is no file, too large, or asks for tokens that only ssh can fill in', async () => {
    const plan = await planOf(`Include device big conf.%d/x \${HOME}/y gone\nHost z\nUser z`, {
      device: pipe,
      big: '#'.repeat(17_000_000),
    });
    expect(plan.items.map(({ machine }) => machine.name)).toEqual(['z']);
    expect(plan.remarks.map(({ code, params }) => [code, params.name])).toEqual(
      ['device', 'big', 'conf.%d/x', `\${HOME}/y`].map((name) => [
        'entry-unreadable',
        `/home/me/.ssh/${name}`,
      ]),
    );
    await expect(planOf(pipe)).rejects.toThrow(/import-file-not-text/);
  });

  test('of ten thousand hosts is read in seconds', async () => {
    const hosts = Array.from(
      { length: 10_000 },
      (_, index) => `Host m${index}\n  HostName 10.0.0.${index % 256}\n  ProxyJump m${index - (index % 100)}`,
    );
    const startedAt = performance.now();
    const plan = await planOf(`Host *\n  User ana\n${hosts.join('\n')}`);
    expect(plan.items).toHaveLength(10_000);
    // Looking through all sections for each host took a minute and a half.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  }, 60_000);

  test('of patterns alone makes no machine', async () => {
    expect((await planOf('Host *\nUser a\nHost !x y?\nUser b')).items).toEqual([]);
  });

  test('of any bytes makes a well-formed plan', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(
          fc.constantFrom(
            'Host',
            'HostName',
            'User',
            'ProxyJump',
            'ProxyCommand',
            'LocalForward',
            'IdentityFile',
          ),
          fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'a,b', 'a b', '%h', '80 a:80', 'a@b:22')),
        )
        .map((all) => Buffer.from(all.join(' '))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const bytes = Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')]));
        const plan = await planOf(new Uint8Array(bytes));
        expect(ImportPlan.parse(plan)).toEqual(plan);
      }),
      { numRuns: 200 },
    );
  });
});
