import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directRoute, type Machine, usualAgent } from '../../../shared/model/machine';
import { sshCommand } from '../../../shared/model/ssh-command';
import { type Forward, isLoopback, TunnelDraft } from '../../../shared/model/tunnel';
import { browserAddress, clientAddress } from '../../../shared/model/tunnel-address';
import { wayTo } from '../../../shared/model/way';
import { gpuMachine, sampleMachine, sampleTunnel } from '../../support/samples';

const tcp = (address: string, port = 8080) => ({ kind: 'tcp', address, port }) as const;
const to = (host: string, port = 80) => ({ kind: 'tcp', host, port }) as const;
const socket = { kind: 'unixSocket', path: '/run/app.sock' } as const;

const wayOf = (machine: Machine, ...others: Machine[]) => wayTo(machine, [machine, ...others]);

describe('the equal ssh command', () => {
  it.each<[Forward, string]>([
    [{ kind: 'local', listen: tcp('127.0.0.1'), target: to('localhost') }, '-L 127.0.0.1:8080:localhost:80'],
    [{ kind: 'local', listen: tcp('::1'), target: to('fe80::7') }, "-L '[::1]:8080:[fe80::7]:80'"],
    [{ kind: 'local', listen: tcp('127.0.0.1'), target: socket }, '-L 127.0.0.1:8080:/run/app.sock'],
    [{ kind: 'remote', listen: socket, target: to('localhost') }, '-R /run/app.sock:localhost:80'],
    [{ kind: 'dynamic', listen: tcp('127.0.0.1', 1080) }, '-D 127.0.0.1:1080'],
  ])('of a forward %j', (forward, option) => {
    expect(sshCommand(wayOf(gpuMachine), forward)).toBe(
      `ssh -N ${option} -o ExitOnForwardFailure=yes -i '~/.ssh/id_ed25519' ubuntu@gpu.example.com`,
    );
  });

  it('names a port that is not the usual one, and no key where the agent has it', () => {
    const machine = sampleMachine(1, {
      route: directRoute({ host: 'gpu', port: 2222, user: 'ana' }),
      identity: usualAgent,
    });
    const forward = { kind: 'dynamic', listen: tcp('127.0.0.1', 1080) } as const;
    expect(sshCommand(wayOf(machine), forward)).toBe(
      'ssh -N -D 127.0.0.1:1080 -o ExitOnForwardFailure=yes -p 2222 ana@gpu',
    );
  });

  it('leads over jump hosts, or through a proxy', () => {
    const forward = { kind: 'dynamic', listen: tcp('127.0.0.1', 1080) } as const;
    const bastion = sampleMachine(2, { route: directRoute({ host: 'bastion', port: 2222, user: 'bia' }) });
    const gpu = directRoute({ host: 'gpu', port: 22, user: 'ana' });
    const jumps = [
      { kind: 'machine', machineId: bastion.id },
      { kind: 'inline', host: 'fe80::7', port: 22, user: 'cid', identity: usualAgent },
    ] as const;
    const proxy = { kind: 'socks5', host: 'proxy', port: 1080, user: '' } as const;
    const over = sampleMachine(1, { identity: usualAgent, route: { ...gpu, jumps } });
    const through = sampleMachine(1, { identity: usualAgent, route: { ...gpu, proxy } });
    const start = 'ssh -N -D 127.0.0.1:1080 -o ExitOnForwardFailure=yes';
    expect(sshCommand(wayOf(over, bastion), forward)).toBe(
      `${start} -J 'bia@bastion:2222,cid@[fe80::7]' ana@gpu`,
    );
    expect(sshCommand(wayOf(through), forward)).toBe(
      `${start} -o 'ProxyCommand=nc -X 5 -x proxy:1080 %h %p' ana@gpu`,
    );
    const both = { ...over, route: { ...over.route, proxy } };
    expect(sshCommand(wayOf(both, bastion), forward)).toBeNull();
  });

  it('comes through a shell as it was, whatever the key file is called', () => {
    const lines = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(lines, (path) => {
        const machine = sampleMachine(1, { identity: { kind: 'keyFile', path } });
        const command = sshCommand(wayOf(machine), { kind: 'dynamic', listen: tcp('127.0.0.1', 1080) });
        const script = command?.replace(/^ssh /, 'printf "%s\\0" ');
        const words = execFileSync('sh', ['-c', script ?? ''])
          .toString()
          .split('\0');
        expect(words[6]).toBe(path);
      }),
      { numRuns: 25 },
    );
  });
});

describe('an address', () => {
  it.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])(
    '%s is for this computer alone',
    (address) => expect(isLoopback(address)).toBe(true),
  );

  it.each(['0.0.0.0', '::', '10.0.0.7', '192.168.1.4', 'fe80::1', '2001:db8::1', '1127.0.0.1'])(
    '%s can be reached from elsewhere',
    (address) => expect(isLoopback(address)).toBe(false),
  );

  const { isOn: _, ...draft } = sampleTunnel(1);
  const listening = (address: string, isExposed: boolean) =>
    TunnelDraft.safeParse({ ...draft, isExposed, forward: { kind: 'dynamic', listen: tcp(address) } });

  it('that others can reach needs the user’s consent', () => {
    expect(listening('0.0.0.0', false).error?.issues).toMatchObject([{ message: 'address-exposed' }]);
    expect(listening('0.0.0.0', true).success).toBe(true);
    expect(listening('127.0.0.1', false).success).toBe(true);
  });

  it.each(['example.org', '*', '', '1.2.3', 'localhost.evil.example'])(
    '%j is none to listen on',
    (address) => {
      expect(listening(address, true).error?.issues[0]?.message).toBe('address-invalid');
    },
  );

  it('for all is told to programs and browsers as one that they can use', () => {
    const forward = { kind: 'local', listen: tcp('0.0.0.0'), target: to('localhost') } as const;
    expect(clientAddress(forward)).toBe('127.0.0.1:8080');
    expect(browserAddress({ ...forward, listen: tcp('::1') })).toBe('http://[::1]:8080/');
    expect(browserAddress({ kind: 'remote', listen: tcp('127.0.0.1'), target: socket })).toBeNull();
  });
});
