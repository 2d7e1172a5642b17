import { beforeEach, describe, expect, it } from 'vitest';
import { MachineStore } from '../../../electron/machines/machine-store';
import { type MachinesData, noMachines } from '../../../electron/machines/machines-data';
import { AppError } from '../../../shared/errors/app-error';
import {
  emptyMachineDraft,
  type GroupId,
  type Jump,
  type MachineDraft,
  type MachineId,
} from '../../../shared/model/machine';
import type { MachineListChange } from '../../../shared/model/machine-list-change';
import type { TunnelId } from '../../../shared/model/tunnel';
import { sampleTunnel } from '../../support/samples';

let data: MachinesData;
let isDiskFull: boolean;
let changes: MachineListChange[];
let machines: MachineStore;

beforeEach(() => {
  let next = 0;
  data = noMachines;
  isDiskFull = false;
  changes = [];
  machines = new MachineStore({
    store: {
      value: () => data,
      replace: (value) => {
        if (isDiskFull) throw new AppError('store-disk-full');
        data = value;
      },
    },
    newId: () => {
      next += 1;
      return `m${next}` as MachineId;
    },
    newGroupId: () => 'g' as GroupId,
    newTunnelId: () => {
      next += 1;
      return `t${next}` as TunnelId;
    },
    onChanged: (change) => changes.push(change),
  });
});

const draft = (name: string): MachineDraft => ({ ...emptyMachineDraft, name });
const names = (): string[] => machines.list().machines.map((machine) => machine.name);
const unknown = 'unknown' as MachineId;
const notFound = expect.objectContaining({ code: 'machine-not-found' });

describe('the saved machines', () => {
  it('keep the order in which they were made, also when one is changed', () => {
    const first = machines.save(draft('a'));
    machines.save(draft('b'));
    machines.save({ ...draft('A'), id: first.id });
    expect(names()).toEqual(['A', 'b']);
    expect(changes.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('tell of a change no more than what it changed', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => machines.save(draft(name)).id);
    if (a === undefined || b === undefined || c === undefined) throw new Error('Three were saved');
    changes = [];
    machines.mark([b], { isFavourite: true });
    machines.move([c], null, a);
    machines.remove([a]);
    const told = changes.map(({ machines: changed, order }) => [changed.map(({ id }) => id), order]);
    expect(told).toEqual([
      [[b], null],
      [[c], [c, a, b]],
      [[], [c, b]],
    ]);
    expect(changes.map(({ groups, defaults }) => [groups, defaults])).toEqual(
      changes.map(() => [null, null]),
    );
  });

  it('tell of a change of the defaults with the machines that it reaches', () => {
    const heir = machines.save({ ...draft('a'), inherits: ['port'] });
    machines.save(draft('b'));
    changes = [];
    machines.saveDefaults({ port: 2222 });
    expect(changes).toMatchObject([{ defaults: { port: 2222 }, groups: null, order: null }]);
    expect(changes[0]?.machines.map(({ id, route }) => [id, route.port])).toEqual([[heir.id, 2222]]);
  });

  it.each([
    ['get', () => machines.get(unknown)],
    ['save', () => machines.save({ ...draft('a'), id: unknown })],
    ['duplicate', () => machines.duplicate(unknown)],
    ['remove', () => machines.remove([unknown])],
    ['restore', () => machines.restore([unknown])],
  ])('say so when asked to %s one that is not there', (_what, act) => {
    expect(act).toThrow(notFound);
    expect(changes).toEqual([]);
  });

  it('are what they were when the disk is full', () => {
    const { id } = machines.save(draft('a'));
    isDiskFull = true;
    for (const act of [
      () => machines.save(draft('b')),
      () => machines.remove([id]),
      () => machines.duplicate(id),
    ]) {
      expect(act).toThrow(expect.objectContaining({ code: 'store-disk-full' }));
    }
    expect(names()).toEqual(['a']);
    expect(changes).toHaveLength(1);
    isDiskFull = false;
    machines.remove([id]);
    expect(names()).toEqual([]);
  });
});

describe('a duplicate', () => {
  it('has the next free number behind its name', () => {
    const { id } = machines.save(draft('gpu'));
    const second = machines.duplicate(id);
    machines.duplicate(id);
    machines.duplicate(second.id);
    expect(names()).toEqual(['gpu', 'gpu 2', 'gpu 3', 'gpu 4']);
  });

  it('of the longest name is still a valid name', () => {
    const { id } = machines.save(draft('x'.repeat(100)));
    expect(machines.duplicate(id).name).toBe(`${'x'.repeat(98)} 2`);
  });

  it('of the demo machine is not a demo machine', () => {
    const { id } = machines.saveDemo(draft('demo'));
    expect(machines.duplicate(id).isDemo).toBe(false);
  });
});

describe('removing', () => {
  it('can be undone, and the machine is back in its place', () => {
    const ids = ['a', 'b', 'c'].map((name) => machines.save(draft(name)).id);
    machines.remove([ids[1] as MachineId]);
    expect(names()).toEqual(['a', 'c']);
    machines.restore([ids[1] as MachineId]);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(() => machines.restore([ids[1] as MachineId])).toThrow(notFound);
  });
});

describe('the demo machine', () => {
  it('is there once, however often it is saved, and stays one when it is edited', () => {
    const demo = machines.saveDemo(draft('demo'));
    expect(machines.saveDemo(draft('demo again'))).toEqual({ ...demo, name: 'demo again' });
    expect(machines.save({ ...draft('mine'), id: demo.id }).isDemo).toBe(true);
    expect(names()).toEqual(['mine']);
  });
});

describe('a machine that others are reached through', () => {
  const over = (id: MachineId): Jump => ({ kind: 'machine', machineId: id });
  const behind = (name: string, ...jumps: Jump[]): MachineDraft => ({
    ...draft(name),
    route: { ...draft(name).route, jumps },
  });

  it('is not removed, and the refusal names them', () => {
    const bastion = machines.save(draft('bastion'));
    const inner = machines.save(behind('inner', over(bastion.id)));
    machines.save(behind('gpu', over(inner.id), over(bastion.id)));
    expect(() => machines.remove([bastion.id])).toThrow(
      expect.objectContaining({
        code: 'machine-is-jump',
        params: { machine: 'bastion', machines: 'inner, gpu' },
      }),
    );
    expect(names()).toEqual(['bastion', 'inner', 'gpu']);
    machines.save({ ...draft('inner'), id: inner.id });
    expect(() => machines.remove([inner.id])).toThrow(expect.objectContaining({ code: 'machine-is-jump' }));
  });

  it('can’t be saved with a way through one of them', () => {
    const bastion = machines.save(draft('bastion'));
    const inner = machines.save(behind('inner', over(bastion.id)));
    expect(() => machines.save({ ...behind('bastion', over(inner.id)), id: bastion.id })).toThrow(
      expect.objectContaining({ code: 'jump-loop' }),
    );
    expect(machines.get(bastion.id)).toEqual(bastion);
  });
});

describe('the tunnels of a machine', () => {
  it('stay when the machine is edited, and when it is removed and brought back', () => {
    const { id } = machines.save(draft('gpu'));
    const tunnels = [sampleTunnel(1)];
    machines.setTunnels(id, tunnels);
    expect(machines.save({ ...draft('GPU'), id }).tunnels).toEqual(tunnels);
    machines.remove([id]);
    machines.restore([id]);
    expect(machines.get(id).tunnels).toEqual(tunnels);
  });

  it('are copied to a duplicate as tunnels of its own, turned off because they want the same ports', () => {
    const { id } = machines.save(draft('gpu'));
    machines.setTunnels(id, [sampleTunnel(1, { isOn: true })]);
    const [copy] = machines.duplicate(id).tunnels;
    expect(copy).toEqual({ ...sampleTunnel(1), id: copy?.id, isOn: false });
    expect(copy?.id).not.toBe(sampleTunnel(1).id);
  });
});
