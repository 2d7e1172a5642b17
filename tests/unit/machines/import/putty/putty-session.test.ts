import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completePlan } from '../../../../../electron/machines/import/complete-plan';
import { readPuttyRegistry } from '../../../../../electron/machines/import/putty/putty-registry';
import { readPuttySessions } from '../../../../../electron/machines/import/putty/putty-session';
import { decodePuttyName } from '../../../../../electron/machines/import/putty/putty-settings';
import { usualAgent } from '../../../../../shared/model/machine';

type Settings = Readonly<Record<string, string | number>>;

function planOf(sessions: Readonly<Record<string, Settings>>) {
  const read = readPuttySessions(
    Object.entries(sessions).map(([name, settings]) => ({
      name,
      line: null,
      settings: new Map(Object.entries({ Protocol: 'ssh', ...settings })),
    })),
    'ana',
  );
  return completePlan({ kind: 'putty', location: '' }, read.candidates, read.remarks);
}
const itemOf = (settings: Settings) => planOf({ box: { HostName: 'box.example.com', ...settings } }).items[0];

describe('a session of PuTTY', () => {
  test('becomes a machine with its address, user and key', () => {
    const item = itemOf({ PortNumber: 2222, UserName: 'bob', PublicKeyFile: 'C:\\keys\\bob.ppk' });
    expect(item?.machine).toMatchObject({
      name: 'box',
      route: { host: 'box.example.com', port: 2222, user: 'bob', jumps: [], proxy: null },
      identity: { kind: 'keyFile', path: 'C:\\keys\\bob.ppk' },
    });
    expect(item?.remarks).toEqual([]);
  });

  test('takes the user of this computer when it names none, and says so', () => {
    const item = itemOf({});
    expect(item?.machine.route.user).toBe('ana');
    expect(item?.remarks).toEqual([{ code: 'user-assumed', params: { user: 'ana' }, line: null }]);
  });

  test.each([
    ['agent', {}],
    ['password', { TryAgent: 0 }],
  ])('signs in with the %s', (kind, settings) => {
    expect(itemOf(settings)?.machine.identity).toMatchObject({ kind });
  });

  test('brings its tunnels, those open to others with a warning', () => {
    const item = itemOf({
      UserName: 'bob',
      LocalPortAcceptAll: '1',
      PortForwardings:
        'L8080=localhost:80,4L127.0.0.1:81=[fe80\\:\\:1]:81,6R9000=db:5432,D1080=,Lhttp=x:1,L9=D',
    });
    expect(item?.tunnels.map(({ forward }) => forward)).toEqual([
      {
        kind: 'local',
        listen: { kind: 'tcp', address: '0.0.0.0', port: 8080 },
        target: { kind: 'tcp', host: 'localhost', port: 80 },
      },
      {
        kind: 'local',
        listen: { kind: 'tcp', address: '127.0.0.1', port: 81 },
        target: { kind: 'tcp', host: 'fe80::1', port: 81 },
      },
      {
        kind: 'remote',
        listen: { kind: 'tcp', address: '::1', port: 9000 },
        target: { kind: 'tcp', host: 'db', port: 5432 },
      },
      { kind: 'dynamic', listen: { kind: 'tcp', address: '0.0.0.0', port: 1080 } },
      { kind: 'dynamic', listen: { kind: 'tcp', address: '0.0.0.0', port: 9 } },
    ]);
    expect(item?.remarks.map(({ code, params }) => [code, params.tunnel])).toEqual([
      ['tunnel-invalid', 'Lhttp=x:1'],
      ['tunnel-exposed', '0.0.0.0:8080'],
      ['tunnel-exposed', '0.0.0.0:1080'],
      ['tunnel-exposed', '0.0.0.0:9'],
    ]);
  });

  test('goes through its proxy, whose password is left behind', () => {
    const item = itemOf({
      UserName: 'bob',
      ProxyMethod: 2,
      ProxyHost: 'socks.example.com',
      ProxyPort: 1080,
      ProxyUsername: 'p',
      ProxyPassword: 'secret',
    });
    expect(item?.machine.route.proxy).toEqual({
      kind: 'socks5',
      host: 'socks.example.com',
      port: 1080,
      user: 'p',
    });
    expect(item?.remarks.map(({ code }) => code)).toEqual(['password-left-out']);
    expect(JSON.stringify(item)).not.toContain('secret');
  });

  test('jumps over another session, or over a server that is none', () => {
    const over = (host: string) => ({
      HostName: 'far',
      UserName: 'bob',
      ProxyMethod: 6,
      ProxyHost: host,
      ProxyPort: 22,
    });
    const { items } = planOf({
      gate: { HostName: 'gate.example.com' },
      far: over('gate'),
      away: over('other'),
    });
    expect(items.map(({ machine }) => machine.route.jumps)).toEqual([
      [],
      [{ kind: 'item', key: 'session:gate' }],
      [{ kind: 'inline', host: 'other', port: 22, user: 'ana', identity: usualAgent }],
    ]);
  });

  test('shows its proxy command and never with a password in it', () => {
    const through = (command: string) =>
      itemOf({
        UserName: 'b',
        ProxyMethod: 5,
        ProxyHost: 'px',
        ProxyUsername: 'pu',
        ProxyTelnetCommand: command,
      });
    expect(
      through('nc -X %proxyhost:%proxyport %host %port %user 100%% C:\\\\nc')?.machine.route.proxy,
    ).toEqual({
      kind: 'command',
      line: 'nc -X px:80 %h %p pu 100%% C:\\nc',
    });
    expect(through('nc %pass')).toMatchObject({
      machine: { route: { proxy: null } },
      remarks: [{ code: 'proxy-unsupported' }],
    });
  });

  test('names what it can not take over', () => {
    const item = itemOf({
      UserName: 'b',
      RemoteCommand: 'tmux',
      X11Forward: 1,
      ProxyMethod: 4,
      ProxyHost: 'x',
    });
    expect(item?.remarks.map(({ code, params }) => [code, ...Object.values(params)])).toEqual([
      ['proxy-unsupported', 'Telnet'],
      ['option-unsupported', 'RemoteCommand'],
      ['option-unsupported', 'X11Forward'],
    ]);
  });

  test('is named when it is not SSH; the default settings alone are nothing', () => {
    const plan = planOf({ router: { HostName: 'r', Protocol: 'telnet' }, 'Default Settings': {} });
    expect(plan.items).toEqual([]);
    expect(plan.remarks).toEqual([
      { code: 'entry-not-ssh', params: { name: 'router', type: 'telnet' }, line: null },
    ]);
  });

  test('never ends in a crash, whatever is in it', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[LRD46,=:\\[\]a0-9]*$/),
    );
    fc.assert(
      fc.property(
        fc.record({
          HostName: text,
          UserName: text,
          PortForwardings: text,
          ProxyTelnetCommand: text,
          ProxyMethod: fc.oneof(text, fc.integer()),
          PortNumber: fc.oneof(text, fc.integer()),
        }),
        (settings) => {
          const { items, remarks } = planOf({ box: settings });
          expect(items.length + remarks.length).toBe(1);
        },
      ),
    );
  }, 60_000);
});

describe('the registry of PuTTY', () => {
  test('holds sessions with escaped names and host keys', () => {
    const root = 'HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY';
    const text = [
      'REGEDIT4',
      '',
      `[${root}\\Sessions\\a%20b%2F%C3%A9]`,
      '"HostName"="x"',
      `[${root}\\SshHostKeys]`,
      '"dss@22:x"="0x1,0x2,0x3,0x4"',
      '"rsa2@22:x"="0x10001,0xc5"',
      '"rsa2@0:x"="0x10001,0xc5"',
      '[HKEY_CURRENT_USER\\Software\\Other\\Sessions\\c]',
      '"HostName"="y"',
      '',
    ].join('\n');
    const { sessions, hostKeys } = readPuttyRegistry(text, 'x.reg');
    expect(sessions.map(({ name, line }) => [name, line])).toEqual([['a b/é', 3]]);
    expect(hostKeys.map(({ host, port, blob }) => [host, port, blob.toString('hex')])).toEqual([
      ['x', 22, '000000077373682d727361' + '00000003010001' + '0000000200c5'],
    ]);
  });

  test.each([
    ['plain', 'plain'],
    ['a%20b', 'a b'],
    ['%C3%A9', 'é'],
    ['%E9', 'é'],
    ['100%', '100%'],
    ['%zz', '%zz'],
  ])('writes the name %s for %s', (escaped, name) => {
    expect(decodePuttyName(escaped)).toBe(name);
  });
});
