import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filledForm } from '../../../../renderer/features/machines/fill-from-target';
import { formOf, readForm } from '../../../../renderer/features/machines/machine-form';
import { parseSshTarget } from '../../../../renderer/features/machines/ssh-target';
import { gpuMachine } from '../../../support/samples';

const plain = {
  ...{ user: null, port: null, keyPath: null, jumps: [], proxyLine: null, forwards: [] },
  ...{ isCommand: false, ignored: [] },
};
const listen = (port: number, address = '127.0.0.1') => ({ kind: 'tcp', address, port });

describe('a pasted address', () => {
  test.each([
    ['gpu.example.com', { host: 'gpu.example.com' }],
    [' ana@gpu:2222 ', { host: 'gpu', user: 'ana', port: 2222 }],
    ['[fe80::1]:2222', { host: 'fe80::1', port: 2222 }],
    ['ana@fe80::1', { host: 'fe80::1', user: 'ana' }],
    ['ssh://ana@gpu:2222', { host: 'gpu', user: 'ana', port: 2222 }],
    ['ssh://a%40b@gpu/', { host: 'gpu', user: 'a@b' }],
    ['ssh://ana:geheim@gpu/data', { host: 'gpu', user: 'ana', ignored: ['…@', '/data'] }],
  ])('%s is taken apart', (text, expected) => {
    expect(parseSshTarget(text)).toEqual({ ...plain, ...expected });
  });

  test.each([
    '',
    '   ',
    'a b',
    'ana@',
    '@gpu',
    'http://gpu',
    'ssh://',
    'gpu:port',
    '-oProxyCommand=x',
    'ls | ssh gpu',
  ])('“%s” is none', (text) => {
    expect(parseSshTarget(text)).toBeNull();
  });
});

describe('a pasted ssh command line', () => {
  test.each([
    [
      'ssh -p 2222 -i ~/.ssh/gpu -L 8888:localhost:8080 -J bastion,bia@inner:2200 ana@gpu',
      {
        ...{ host: 'gpu', user: 'ana', port: 2222, keyPath: '~/.ssh/gpu' },
        jumps: [
          { host: 'bastion', port: null, user: null },
          { host: 'inner', port: 2200, user: 'bia' },
        ],
        forwards: [
          { kind: 'local', listen: listen(8888), target: { kind: 'tcp', host: 'localhost', port: 8080 } },
        ],
      },
    ],
    ["ssh -i '/home/ana/my keys/id' gpu", { host: 'gpu', keyPath: '/home/ana/my keys/id' }],
    ['/usr/bin/ssh -Nvp2222 -lana gpu', { host: 'gpu', user: 'ana', port: 2222 }],
    ['ssh gpu -p 2222 uptime -s', { host: 'gpu', port: 2222, ignored: ['uptime -s'] }],
    [
      'ssh -XA -o StrictHostKeyChecking=no gpu',
      { host: 'gpu', ignored: ['-X', '-A', '-o StrictHostKeyChecking=no'] },
    ],
    [
      'ssh -o "HostName 10.0.0.7" -oPort=2222 -o User=ana -o ProxyJump=gate -o IdentityFile=~/k gpu',
      {
        ...{ host: '10.0.0.7', user: 'ana', port: 2222, keyPath: '~/k' },
        jumps: [{ host: 'gate', port: null, user: null }],
      },
    ],
    ["ssh -o 'ProxyCommand=nc %h %p' gpu", { host: 'gpu', proxyLine: 'nc %h %p' }],
    ['ssh -o ProxyCommand=none gpu', { host: 'gpu' }],
    ["ssh -o 'ProxyCommand=x %z' gpu", { host: 'gpu', ignored: ['-o ProxyCommand=x %z'] }],
    [
      "ssh -J bastion -o 'ProxyCommand=nc %h %p' gpu",
      {
        ...{ host: 'gpu', jumps: [{ host: 'bastion', port: null, user: null }] },
        ignored: ['-o ProxyCommand=nc %h %p'],
      },
    ],
    [
      "ssh -D 1080 -R [::1]:9000:db:5432 -L /tmp/a.sock:/run/b.sock -o 'LocalForward 81 web:80' gpu",
      {
        host: 'gpu',
        forwards: [
          { kind: 'dynamic', listen: listen(1080) },
          {
            kind: 'remote',
            listen: listen(9000, '::1'),
            target: { kind: 'tcp', host: 'db', port: 5432 },
          },
          {
            kind: 'local',
            listen: { kind: 'unixSocket', path: '/tmp/a.sock' },
            target: { kind: 'unixSocket', path: '/run/b.sock' },
          },
          { kind: 'local', listen: listen(81), target: { kind: 'tcp', host: 'web', port: 80 } },
        ],
      },
    ],
    [
      'ssh -L *:8080:web:80 -R 1080 -L 0:web:80 gpu',
      { host: 'gpu', ignored: ['-L *:8080:web:80', '-R 1080', '-L 0:web:80'] },
    ],
    ['ssh \\\n  -p 2222 \\\n  ana@gpu', { host: 'gpu', user: 'ana', port: 2222 }],
    ['ssh ssh://ana@gpu:2222', { host: 'gpu', user: 'ana', port: 2222 }],
    ['ssh -p nonsense gpu -D', { host: 'gpu', ignored: ['-p nonsense', '-D'] }],
  ])('%s is taken apart, and what has no place is named', (text, expected) => {
    expect(parseSshTarget(text)).toEqual({ ...plain, isCommand: true, ...expected });
  });

  test.each([
    'ssh',
    'ssh -p 22',
    'ssh gpu | tee log',
    'ssh gpu; rm -rf x',
    'ssh $(host)',
    'ssh `host`',
    "ssh 'gpu",
    'scp a gpu:b',
  ])('%s is not understood as a whole', (text) => {
    expect(parseSshTarget(text)).toBeNull();
  });
});

describe('whatever is pasted', () => {
  test('is answered without a crash', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            'ssh',
            '-p',
            '-J',
            '-o',
            'a@b',
            ':',
            '[',
            ']',
            '"',
            "'",
            '\\',
            ' ',
            'ssh://',
            '%',
            ',',
            '\n',
          ),
        )
        .map((parts) => parts.join('')),
      fc.string().map((text) => `ssh ${text}`),
    );
    fc.assert(
      fc.property(noise, (text) => {
        const target = parseSshTarget(text);
        if (target === null) return;
        expect(target.host).not.toMatch(/^-|\s/);
        readForm(filledForm(formOf(null), target, [gpuMachine]), null, [gpuMachine]);
      }),
      { numRuns: 2000 },
    );
  });

  test('a command line says again what it was made of', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9.]{0,20}$/);
    const address = fc.record({
      host: name,
      port: fc.option(fc.integer({ min: 1, max: 65535 })),
      user: fc.option(name),
    });
    const text = ({ host, port, user }: { host: string; port: number | null; user: string | null }) =>
      `${user === null ? '' : `${user}@`}${host}${port === null ? '' : `:${port}`}`;
    const keyPath = fc.string({ minLength: 1, unit: 'grapheme' }).filter((path) => !/[\r\n]/.test(path));
    const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(address, fc.array(address, { maxLength: 4 }), keyPath, (target, jumps, key) => {
        const over = jumps.length === 0 ? '' : `-J ${jumps.map(text).join(',')}`;
        expect(parseSshTarget(`ssh ${over} -i ${quoted(key)} ${text(target)}`)).toEqual({
          ...{ ...plain, ...target, keyPath: key, jumps, isCommand: true },
        });
      }),
    );
  });
});

describe('the form of a new machine', () => {
  test('is filled in, with a saved machine as jump host where it is one', () => {
    const target = parseSshTarget('ssh -J gpu.example.com,gate ana@inner:2222');
    const form = filledForm(formOf(null), target ?? expect.fail(), [gpuMachine]);
    expect(form).toMatchObject({
      ...{ name: 'inner', host: 'inner', port: '2222', user: 'ana', identityKind: 'agent' },
      jumps: [
        { machineId: gpuMachine.id },
        { machineId: null, host: 'gate', port: '22', identityKind: 'agent' },
      ],
    });
  });

  test('keeps the name that was typed and the user that the text leaves out', () => {
    const target = parseSshTarget('gpu') ?? expect.fail();
    const typed = { ...formOf(null), name: 'Mine', user: 'ana', keyPath: '~/k' };
    expect(filledForm(typed, target, [])).toEqual({ ...typed, host: 'gpu' });
  });
});
