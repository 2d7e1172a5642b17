import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandProxyCommand } from '../../../electron/connection/proxy-command';
import { redactCommand } from '../../../electron/connection/redact-command';
import { ProxyCommand, usualAgent } from '../../../shared/model/machine';
import type { Hop } from '../../../shared/model/way';

const hop = (part: Partial<Hop> = {}): Hop => ({
  ...{ host: 'gpu.example.com', port: 2222, user: 'ana', name: 'gpu' },
  identity: usualAgent,
  forwardsAgent: false,
  allowsOldAlgorithms: false,
  ...part,
});

describe('a proxy command', () => {
  test('gets its tokens filled in, and a doubled percent sign stays one', () => {
    expect(expandProxyCommand('x %h:%p %r "%n" 100%% %%h', hop())).toBe(
      'x gpu.example.com:2222 ana "gpu" 100% %h',
    );
  });

  test.each([
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['máquina.exemplo.com.br', 'máquina.exemplo.com.br'],
  ])('is told the host %s', (host, told) => {
    expect(expandProxyCommand('%h', hop({ host }))).toBe(told);
  });

  test.each([
    '$(id)',
    '`id`',
    'a b',
    "a'b",
    'a"b',
    'a;b',
    '-oProxyCommand=id',
    '*',
    '%PATH%',
    'a\nb',
    'a^b',
    '',
  ])('refuses %j instead of a name', (name) => {
    expect(() => expandProxyCommand('echo %n', hop({ name }))).toThrow(/proxy-command-unsafe/);
    expect(expandProxyCommand('echo %h', hop({ name }))).toBe('echo gpu.example.com');
  });

  test('never lets a real shell see more than text, in quotes or not', () => {
    const text = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(
      fc.property(text, (user) => {
        const templates = ['printf %%s %r', 'printf %%s "%r"', "printf %%s '%r'"];
        for (const template of templates) {
          let command: string;
          try {
            command = expandProxyCommand(template, hop({ user }));
          } catch {
            return;
          }
          expect(execFileSync('/bin/sh', ['-c', `exec ${command}`], { encoding: 'utf8' })).toBe(user);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('a machine with a proxy command', () => {
  test.each(['nc %h %p', 'sh -c "a\tb" 100%%', 'ação --grüße'])('takes %j', (line) => {
    expect(ProxyCommand.safeParse({ kind: 'command', line }).success).toBe(true);
  });

  test.each(['', 'nc %h %z', '50%', 'a\nb', 'a\u202eb', 'a\u200bb', 'a\u0007', 'a\u2028b'])(
    'refuses %j: it would not run, or not be what it looks like',
    (line) => {
      expect(ProxyCommand.safeParse({ kind: 'command', line }).success).toBe(false);
    },
  );
});

describe('what is shown of a command', () => {
  test.each([
    ['ncat --proxy-auth ana:hunter --proxy p:1 h 22', 'ncat --proxy-auth … --proxy p:1 h 22'],
    ['curl https://ana:hunter@proxy/x', 'curl https://ana:…@proxy/x'],
    ['x --password=hunter', 'x --password=…'],
    ['x -H "Authorization: Bearer hunter"', 'x -H "Authorization: Bearer …'],
    ['API_KEY=hunter run', 'API_KEY=… run'],
    ['nc -X connect -x proxy:3128 gpu 22', 'nc -X connect -x proxy:3128 gpu 22'],
    ['a\u001b[31mb\u0000', 'a[31mb'],
  ])('%s is shown as %s', (line, shown) => {
    expect(redactCommand(line)).toBe(shown);
  });
});
