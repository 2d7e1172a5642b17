import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { MachineStore } from '../../../electron/machines/machine-store';
import { type MachinesData, mendedData, noMachines } from '../../../electron/machines/machines-data';
import { AppError } from '../../../shared/errors/app-error';
import { chainOf } from '../../../shared/model/inheritance';
import {
  emptyMachineDraft,
  type GroupId,
  type Machine,
  type MachineDraft,
  type MachineId,
} from '../../../shared/model/machine';
import { emptyGroupDraft, type GroupDraft } from '../../../shared/model/machine-group';
import type { TunnelId } from '../../../shared/model/tunnel';
import { sampleGroup, sampleMachine, uuid } from '../../support/samples';

let data: MachinesData;
let machines: MachineStore;

function newStore(initial: MachinesData = noMachines): MachineStore {
  let next = 0;
  const newId = <Id extends string>(): Id => {
    next += 1;
    return uuid<Id>(9000 + next);
  };
  data = initial;
  return new MachineStore({
    store: {
      value: () => data,
      replace: (value) => {
        data = value;
      },
    },
    newId: () => newId<MachineId>(),
    newGroupId: () => newId<GroupId>(),
    newTunnelId: () => newId<TunnelId>(),
    onChanged: () => undefined,
  });
}
beforeEach(() => {
  machines = newStore();
});

const group = (name: string, part: Partial<GroupDraft> = {}) =>
  machines.saveGroup({ ...emptyGroupDraft, name, ...part });
const machine = (name: string, part: Partial<MachineDraft> = {}) =>
  machines.save({ ...emptyMachineDraft, name, ...part });
const userOf = ({ id }: Pick<Machine, 'id'>): string => machines.get(id).route.user;
const names = (): string[] => machines.list().machines.map(({ name }) => name);
const inherits = { inherits: ['user'] } as const;

describe('a setting of a group', () => {
  it('reaches the machines that inherit it, through groups in groups, as soon as it changes', () => {
    const lab = group('lab', { settings: { user: 'ana' } });
    const inner = group('inner', { parentId: lab.id });
    const heir = machine('heir', { groupId: inner.id, ...inherits });
    const own = machine('own', { groupId: inner.id, route: { ...emptyMachineDraft.route, user: 'root' } });
    expect([userOf(heir), userOf(own)]).toEqual(['ana', 'root']);
    machines.saveGroup({ ...lab, settings: { user: 'eva' } });
    expect([userOf(heir), userOf(own)]).toEqual(['eva', 'root']);
    machines.move([heir.id], null, null);
    machines.saveDefaults({ user: 'default' });
    expect(userOf(heir)).toBe('default');
  });

  it('is not written into the machines', () => {
    const lab = group('lab', { settings: { user: 'ana' } });
    const heir = machine('heir', { groupId: lab.id, ...inherits });
    machines.setTunnels(heir.id, []);
    machines.mark([heir.id], { isFavourite: true });
    expect(data.machines[0]?.route.user).toBe('');
    expect(userOf(machines.duplicate(heir.id))).toBe('ana');
    machines.saveGroup({ ...lab, settings: { user: 'eva' } });
    expect(machines.list().machines.map(userOf)).toEqual(['eva', 'eva']);
  });

  it('that would leave a machine without a way is refused, and nothing has changed', () => {
    const lab = group('lab');
    const heir = machine('heir', { groupId: lab.id, inherits: ['jumps'] });
    const behind = machine('behind', {
      route: { ...emptyMachineDraft.route, jumps: [{ kind: 'machine', machineId: heir.id }] },
    });
    const before = machines.list();
    const circle = { ...lab, settings: { jumps: [{ kind: 'machine', machineId: behind.id } as const] } };
    expect(() => machines.saveGroup(circle)).toThrow(expect.objectContaining({ code: 'jump-loop' }));
    expect(machines.list()).toEqual(before);
  });

  it('keeps its jump hosts from being deleted, as do the default settings', () => {
    const bastion = machine('bastion');
    const jumps = [{ kind: 'machine', machineId: bastion.id }] as const;
    const lab = group('lab', { settings: { jumps } });
    expect(() => machines.remove([bastion.id])).toThrow(
      expect.objectContaining({ code: 'machine-is-jump', params: { machine: 'bastion', machines: 'lab' } }),
    );
    machines.saveGroup({ ...lab, settings: {} });
    machines.saveDefaults({ jumps });
    expect(() => machines.remove([bastion.id])).toThrow(
      expect.objectContaining({ code: 'machine-is-default-jump' }),
    );
  });
});

describe('removing a group', () => {
  it('moves what lies in it up, and the machines work as before', () => {
    const top = group('top', { settings: { port: 2200 } });
    const lab = group('lab', { parentId: top.id, settings: { user: 'ana', port: 2201 } });
    const inner = group('inner', { parentId: lab.id, settings: { port: 2202 } });
    const heir = machine('heir', { groupId: lab.id, inherits: ['user', 'port', 'notebook'] });
    const deep = machine('deep', { groupId: inner.id, inherits: ['user', 'port'] });
    machines.removeGroup(lab.id);
    expect(machines.get(heir.id)).toMatchObject({
      groupId: top.id,
      route: { user: 'ana', port: 2201 },
      inherits: ['notebook'],
    });
    expect(machines.get(deep.id)).toMatchObject({
      groupId: inner.id,
      route: { user: 'ana', port: 2202 },
      inherits: ['port'],
    });
    expect(machines.list().groups).toEqual([top, { ...inner, parentId: top.id }]);
  });

  it('can be undone; what was changed or moved meanwhile stays so', () => {
    const lab = group('lab', { settings: { user: 'ana' } });
    const inner = group('inner', { parentId: lab.id });
    const [kept, edited, moved] = ['kept', 'edited', 'moved'].map((name) =>
      machine(name, { groupId: lab.id, ...inherits }),
    ) as [Machine, Machine, Machine];
    machines.removeGroup(lab.id);
    machines.save({ ...draftOf(machines.get(edited.id)), name: 'EDITED' });
    machines.move([moved.id], inner.id, null);
    machines.restoreGroup(lab.id);
    expect(machines.list().groups).toEqual([lab, inner]);
    expect(machines.get(kept.id)).toEqual(kept);
    expect(machines.get(edited.id)).toMatchObject({ name: 'EDITED', groupId: lab.id, inherits: [] });
    expect(machines.get(moved.id)).toMatchObject({ groupId: inner.id });
    expect(() => machines.restoreGroup(lab.id)).toThrow(expect.objectContaining({ code: 'group-not-found' }));
  });
});

describe('many machines', () => {
  it('are removed and brought back, all in their places', () => {
    const ids = ['a', 'b', 'c', 'd'].map((name) => machine(name).id) as [
      MachineId,
      MachineId,
      MachineId,
      MachineId,
    ];
    machines.remove([ids[3], ids[1]]);
    expect(names()).toEqual(['a', 'c']);
    machines.restore([ids[1], ids[3]]);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are removed with a machine that only they are reached through', () => {
    const bastion = machine('bastion');
    const inner = machine('inner', {
      route: { ...emptyMachineDraft.route, jumps: [{ kind: 'machine', machineId: bastion.id }] },
    });
    machines.remove([bastion.id, inner.id]);
    expect(names()).toEqual([]);
  });

  it('come back without a group when that is gone', () => {
    const lab = group('lab');
    const { id } = machine('a', { groupId: lab.id });
    machines.remove([id]);
    machines.removeGroup(lab.id);
    machines.restore([id]);
    expect(machines.get(id).groupId).toBeNull();
  });

  it('get tags, each once however it is spelled, at most twenty', () => {
    const ids = [machine('a', { tags: ['GPU'] }), machine('b')].map(({ id }) => id);
    machines.mark(ids, { addedTags: ['gpu', 'spot'], colour: 'red' });
    expect(machines.list().machines.map(({ tags }) => tags)).toEqual([
      ['GPU', 'spot'],
      ['gpu', 'spot'],
    ]);
    machines.mark(ids, { removedTags: ['Gpu'] });
    expect(machines.list().machines.map(({ tags }) => tags)).toEqual([['spot'], ['spot']]);
    const many = Array.from({ length: 20 }, (_, index) => `t${index}`);
    expect(() => machines.mark(ids, { addedTags: many })).toThrow(
      expect.objectContaining({ code: 'too-many-tags', params: { machine: 'a' } }),
    );
  });
});

describe('a group that is not there', () => {
  const unknown = uuid<GroupId>(1);
  it.each([
    ['save a machine in it', () => machine('a', { groupId: unknown })],
    ['move machines to it', () => machines.move([machine('a').id], unknown, null)],
    ['save a group in it', () => group('inner', { parentId: unknown })],
    ['change it', () => group('lab', { id: unknown })],
    ['move it', () => machines.moveGroup(unknown, null, null)],
    ['remove it', () => machines.removeGroup(unknown)],
  ])('is not made up when asked to %s', (_what, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'group-not-found' }));
    expect(machines.list().groups).toEqual([]);
  });
});

describe('a file that was edited by hand', () => {
  it('loses circles of groups and members of groups that are not there, and nothing else', () => {
    const [one, two, three] = [
      sampleGroup(1, { parentId: sampleGroup(2).id }),
      sampleGroup(2, { parentId: sampleGroup(1).id }),
      sampleGroup(3, { parentId: uuid<GroupId>(1) }),
    ];
    const lost = sampleMachine(1, { groupId: uuid<GroupId>(1) });
    const mended = mendedData({ machines: [lost], groups: [one, two, three], defaults: {} });
    expect(mended.groups.map(({ parentId }) => parentId)).toEqual([null, one.id, null]);
    expect(mended.machines).toEqual([{ ...lost, groupId: null }]);
  });
});

describe('whatever is moved where', () => {
  const ids = [0, 1, 2, 3, 4] as const;
  const groupIds = ids.map((index) => sampleGroup(index).id);
  const machineIds = ids.map((index) => sampleMachine(index).id);
  const anyGroup = fc.option(fc.constantFrom(...groupIds));
  const anyMachines = fc.uniqueArray(fc.constantFrom(...machineIds), { minLength: 1 });
  const anyChange = fc.oneof(
    fc.record({
      kind: fc.constant('group' as const),
      id: fc.constantFrom(...groupIds),
      to: anyGroup,
      before: anyGroup,
    }),
    fc.record({
      kind: fc.constant('machines' as const),
      moved: anyMachines,
      to: anyGroup,
      before: fc.option(fc.constantFrom(...machineIds)),
    }),
    fc.record({ kind: fc.constant('removeGroup' as const), id: fc.constantFrom(...groupIds) }),
    fc.record({ kind: fc.constant('remove' as const), moved: anyMachines }),
  );
  const filled = (): MachineStore =>
    newStore({
      machines: ids.map((index) => sampleMachine(index, { inherits: ['user', 'port'] })),
      groups: ids.map((index) => sampleGroup(index, { settings: index % 2 ? { user: `u${index}` } : {} })),
      defaults: {},
    });

  it('no machine is lost or doubled, no group lies in itself, the moved stand where they were put', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 12 }), (changes) => {
        const store = filled();
        for (const change of changes) {
          if (change.kind === 'removeGroup' || change.kind === 'remove') continue;
          try {
            if (change.kind === 'group') store.moveGroup(change.id, change.to, change.before);
            else store.move(change.moved, change.to, change.before);
          } catch (error) {
            expect(AppError.from(error).code).toBe('group-loop');
            continue;
          }
          if (change.kind === 'machines' && change.before !== null && !change.moved.includes(change.before)) {
            const order = store.list().machines.map(({ id }) => id);
            const place = order.indexOf(change.before);
            expect(new Set(order.slice(place - change.moved.length, place))).toEqual(new Set(change.moved));
          }
        }
        const { machines: all, groups } = store.list();
        expect(all.map(({ id }) => id).toSorted()).toEqual(machineIds);
        expect(groups.map(({ id }) => id).toSorted()).toEqual(groupIds);
        for (const { id } of groups)
          expect(
            chainOf(id, (groupId) => groups.find((one) => one.id === groupId)).at(-1)?.parentId,
          ).toBeNull();
      }),
    );
  });

  it('undoing a removal right away brings everything back as it was', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 12 }), (changes) => {
        const store = filled();
        for (const change of changes) {
          const before = { ...store.list(), revision: 0 };
          try {
            if (change.kind === 'group') store.moveGroup(change.id, change.to, change.before);
            if (change.kind === 'machines') store.move(change.moved, change.to, change.before);
          } catch (error) {
            expect(AppError.from(error).code).toBe('group-loop');
          }
          if (change.kind === 'removeGroup') {
            store.removeGroup(change.id);
            store.restoreGroup(change.id);
          }
          if (change.kind === 'remove') {
            store.remove(change.moved);
            store.restore(change.moved);
          }
          if (change.kind === 'removeGroup' || change.kind === 'remove')
            expect({ ...store.list(), revision: 0 }).toEqual(before);
        }
      }),
    );
  });
});

function draftOf({ isDemo: _, tunnels: __, ...draft }: Machine): MachineDraft {
  return draft;
}
