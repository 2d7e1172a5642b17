import { describe, expect, test } from 'vitest';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { type Jump, type Machine, usualAgent } from '../../../shared/model/machine';
import { targetOf, wayTo } from '../../../shared/model/way';
import { sampleMachine, uuid } from '../../support/samples';

const over = (machine: Machine): Jump => ({ kind: 'machine', machineId: machine.id });
const inline: Jump = { kind: 'inline', host: 'gate', port: 2222, user: 'bia', identity: usualAgent };

/** Machine `index`, behind these jump hosts. */
function behind(index: number, jumps: readonly Jump[], proxyHost?: string): Machine {
  const proxy = proxyHost ? { kind: 'http' as const, host: proxyHost, port: 3128, user: '' } : null;
  return sampleMachine(index, { route: { ...sampleMachine(index).route, jumps, proxy } });
}

const namesOf = (machine: Machine, machines: readonly Machine[]) =>
  wayTo(machine, machines).hops.map(({ name }) => name);

describe('the way to a machine', () => {
  test('without jump hosts is the machine alone', () => {
    const machine = sampleMachine(1);
    expect(wayTo(machine, [])).toEqual({
      proxy: null,
      hops: [
        {
          ...{ host: 'node1.example.com', port: 22, user: 'ana', name: 'Machine 1' },
          identity: machine.identity,
          ...{ forwardsAgent: false, allowsOldAlgorithms: false },
        },
      ],
    });
  });

  test('carries its own switches; a jump host never gets the agent, whatever it is set to for itself', () => {
    const bastion = { ...sampleMachine(2), forwardsAgent: true, allowsOldAlgorithms: true };
    const machine = { ...behind(1, [over(bastion), over(bastion), inline]), forwardsAgent: true };
    const switches = wayTo(machine, [machine, bastion]).hops.map(
      ({ forwardsAgent, allowsOldAlgorithms }) => [forwardsAgent, allowsOldAlgorithms] as const,
    );
    expect(switches).toEqual([
      [false, true],
      [false, true],
      [false, false],
      [true, false],
    ]);
  });

  test('goes through its jump hosts, the one nearest to the user first', () => {
    const bastion = sampleMachine(2);
    const machine = behind(1, [over(bastion), inline]);
    expect(namesOf(machine, [machine, bastion])).toEqual(['Machine 2', 'gate', 'Machine 1']);
    expect(targetOf(wayTo(machine, [machine, bastion])).host).toBe('node1.example.com');
  });

  test('begins at AWS where Session Manager takes the place of all before', () => {
    const instance = {
      accountId: uuid<AwsAccountId>(1),
      instanceId: 'i-0123456789abcdef0',
      address: 'public',
      ifStopped: 'ask',
      pushesKey: false,
    } as const;
    const bastion = {
      ...behind(2, [inline], 'proxy'),
      instance: { ...instance, sessionManager: 'always' },
    } as const;
    const machine = behind(1, [over(bastion), inline]);
    expect(namesOf(machine, [machine, bastion])).toEqual(['Machine 2', 'gate', 'Machine 1']);
    expect(wayTo(machine, [machine, bastion]).proxy).toBe(null);
    const atAws = { ...machine, instance: { ...instance, sessionManager: 'always' } } as const;
    expect(namesOf(atAws, [atAws, bastion])).toEqual(['Machine 1']);
    const direct = { ...machine, instance: { ...instance, sessionManager: 'fallback' } } as const;
    expect(namesOf(direct, [direct, bastion])).toEqual(['Machine 2', 'gate', 'Machine 1']);
  });

  test('reaches the first jump host by its own way, and the others from the one before', () => {
    const outer = sampleMachine(4);
    const first = behind(2, [over(outer)], 'proxy-of-2');
    const second = behind(3, [over(outer)], 'proxy-of-3');
    const machine = behind(1, [over(first), over(second)]);
    const all = [machine, first, second, outer];
    expect(namesOf(machine, all)).toEqual(['Machine 4', 'Machine 2', 'Machine 3', 'Machine 1']);
    expect(wayTo(machine, all).proxy).toMatchObject({ host: 'proxy-of-2' });
    expect(wayTo(behind(1, [over(first)], 'own'), all).proxy).toMatchObject({ host: 'own' });
  });

  test('that leads in a circle is refused, however long', () => {
    const a = behind(1, [over(sampleMachine(2))]);
    const b = behind(2, [over(sampleMachine(3))]);
    const c = behind(3, [over(sampleMachine(1))]);
    const loop = expect.objectContaining({ code: 'jump-loop' });
    for (const machine of [a, b, c]) expect(() => wayTo(machine, [a, b, c])).toThrow(loop);
    expect(() => wayTo(behind(1, [over(sampleMachine(1))]), [a])).toThrow(loop);
    expect(() => wayTo(behind(1, [inline, over(sampleMachine(1))]), [a])).toThrow(loop);
  });

  test('through a machine that is gone is refused', () => {
    expect(() => wayTo(behind(1, [over(sampleMachine(2))]), [])).toThrow(
      expect.objectContaining({ code: 'jump-machine-missing', params: { machine: 'Machine 1' } }),
    );
  });
});
