import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../../electron/machines/import/apply-plan';
import { completePlan } from '../../../../electron/machines/import/complete-plan';
import { noMachines } from '../../../../electron/machines/machines-data';
import type { ImportItem } from '../../../../shared/model/import-plan';
import type { GroupId } from '../../../../shared/model/machine';
import { Machine, type MachineId } from '../../../../shared/model/machine';
import type { MachineGroup } from '../../../../shared/model/machine-group';
import type { TunnelId } from '../../../../shared/model/tunnel';
import { wayTo } from '../../../../shared/model/way';
import { importKey, sampleItem } from '../../../support/import-samples';
import { sampleMachine, sampleTunnel, uuid } from '../../../support/samples';

function countingIds() {
  let count = 100;
  const next = () => {
    count += 1;
    return count;
  };
  return {
    newId: () => uuid<MachineId>(next()),
    newGroupId: () => uuid<GroupId>(next()),
    newTunnelId: () => uuid<TunnelId>(next()),
  };
}

const asNew = (...keys: readonly string[]) => keys.map((key) => ({ key: importKey(key), replaces: null }));
const over = (...keys: readonly string[]) => ({
  route: {
    ...sampleItem('far').machine.route,
    jumps: keys.map((key) => ({ kind: 'item', key: importKey(key) }) as const),
  },
});
const apply = (
  items: readonly ImportItem[],
  choices: Parameters<typeof applyPlan>[1],
  machines: readonly Machine[] = [],
) => {
  const { data, ...change } = applyPlan(
    { items, groups: [] },
    choices,
    { ...noMachines, machines },
    countingIds(),
  );
  return { ...change, machines: data.machines };
};

describe('importing', () => {
  test('makes the chosen items and no others', () => {
    const saved = sampleMachine(1);
    const { machines, addedIds, replaced } = apply([sampleItem('a'), sampleItem('b')], asNew('b'), [saved]);
    expect(machines.map(({ name }) => name)).toEqual([saved.name, 'b']);
    expect(addedIds).toEqual([machines[1]?.id]);
    expect(replaced).toEqual([]);
  });

  test('brings tunnels with ids of their own', () => {
    const tunnel = sampleTunnel(1, { isOn: true });
    const item = sampleItem('a', {}, { tunnels: [{ ...tunnel, id: null }] });
    const [made] = apply([item], asNew('a')).machines;
    expect(made?.tunnels).toEqual([{ ...tunnel, id: uuid(102) }]);
  });

  test('takes the place of a machine: others still jump over it', () => {
    const gate = sampleMachine(1, { name: 'gate' });
    const behind = sampleMachine(2, {
      route: { ...sampleMachine(2).route, jumps: [{ kind: 'machine', machineId: gate.id }] },
    });
    const change = apply(
      [sampleItem('gate')],
      [{ key: importKey('gate'), replaces: gate.id }],
      [gate, behind],
    );
    expect(change.machines.map(({ id }) => id)).toEqual([gate.id, behind.id]);
    expect(wayTo(behind, change.machines).hops[0].host).toBe('gate.example.com');
    expect(change.replaced).toEqual([gate]);
    expect(change.addedIds).toEqual([]);
  });

  test('gives one place to one item: the other one becomes a new machine', () => {
    const saved = sampleMachine(1);
    const choices = ['a', 'b'].map((key) => ({ key: importKey(key), replaces: saved.id }));
    const { machines } = apply([sampleItem('a'), sampleItem('b')], choices, [saved]);
    expect(machines.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('goes over the saved machine when the same jump host was not chosen', () => {
    const gate = sampleMachine(1, { name: 'gate' });
    const { machines } = apply([sampleItem('gate'), sampleItem('far', over('gate'))], asNew('far'), [gate]);
    expect(machines[1]?.route.jumps).toEqual([{ kind: 'machine', machineId: gate.id }]);
  });

  test('fails when the machine to be replaced is gone', () => {
    const choice = { key: importKey('a'), replaces: uuid<MachineId>(9) };
    expect(() => apply([sampleItem('a')], [choice])).toThrow(/machine-not-found/);
  });

  const team: MachineGroup = {
    id: uuid<GroupId>(50),
    name: 'Team',
    parentId: null,
    colour: null,
    settings: { user: 'carl' },
  };
  const lab = { path: ['Team', 'Lab'], colour: 'red', settings: { port: 2222 } } as const;

  test('puts machines into groups of their names, and makes those that are missing', () => {
    const item = sampleItem('a', {}, { groupPath: ['Team', 'Lab'] });
    const saved = { ...noMachines, groups: [team] };
    const { data, addedGroupIds } = applyPlan(
      { items: [item], groups: [lab] },
      asNew('a'),
      saved,
      countingIds(),
    );
    const [added] = addedGroupIds;
    expect(data.groups).toEqual([
      team,
      { id: added, name: 'Lab', parentId: team.id, colour: 'red', settings: { port: 2222 } },
    ]);
    expect(data.machines[0]?.groupId).toBe(added);
  });

  test('keeps groups apart whose names differ only in case', () => {
    const items = [
      sampleItem('a', {}, { groupPath: ['team'] }),
      sampleItem('b', {}, { groupPath: ['TEAM'] }),
      sampleItem('c', {}, { groupPath: ['Team'] }),
    ];
    const saved = { ...noMachines, groups: [team] };
    const { data } = applyPlan({ items, groups: [] }, asNew('a', 'b', 'c'), saved, countingIds());
    expect(data.groups.map(({ name }) => name)).toEqual(['Team', 'team', 'TEAM']);
    expect(data.machines[2]?.groupId).toBe(team.id);
  });

  test('makes no group for machines that were not chosen', () => {
    const item = sampleItem('a', {}, { groupPath: ['Team', 'Lab'] });
    const { data } = applyPlan({ items: [item], groups: [lab] }, [], noMachines, countingIds());
    expect(data).toEqual(noMachines);
  });

  test('makes groups that never held a machine, those in one group in the order of the source', () => {
    const empty = { path: ['Team', 'Empty'], colour: null, settings: {} } as const;
    const outer = { path: ['Team'], colour: null, settings: {} } as const;
    const last = { path: ['Archive'], colour: null, settings: {} } as const;
    const { data } = applyPlan(
      { items: [sampleItem('a', {}, { groupPath: ['Team', 'Lab'] })], groups: [lab, empty, last, outer] },
      asNew('a'),
      noMachines,
      countingIds(),
    );
    expect(data.groups.map(({ name }) => name)).toEqual(['Archive', 'Team', 'Lab', 'Empty']);
  });

  test('lets a machine keep its values where the group here has others', () => {
    const { route } = sampleItem('a').machine;
    const item = sampleItem(
      'a',
      { route: { ...route, user: 'bob', port: 2222 }, inherits: ['user', 'port'] },
      { groupPath: lab.path },
    );
    const saved = { ...noMachines, groups: [team] };
    const { data } = applyPlan({ items: [item], groups: [lab] }, asNew('a'), saved, countingIds());
    expect(data.machines[0]).toMatchObject({ route: { user: 'bob', port: 2222 }, inherits: ['port'] });
  });

  test('leads to a machine by the same way, whichever others were chosen', () => {
    const count = 6;
    const node = fc.record({
      jumps: fc.array(fc.nat(count - 1), { maxLength: 3 }),
      isChosen: fc.boolean(),
      hasProxy: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(node, { minLength: count, maxLength: count }), (nodes) => {
        const candidates = nodes.map(({ jumps, hasProxy }, index) => {
          const { route } = over(...jumps.map((jump) => `n${jump}`));
          const proxy = { kind: 'socks5', host: `p${index}`, port: 1080, user: '' } as const;
          return sampleItem(`n${index}`, {
            route: { ...route, host: `n${index}`, proxy: hasProxy ? proxy : null },
          });
        });
        const { items } = completePlan({ kind: 'sshConfig', location: '' }, candidates, []);
        const all = apply(items, asNew(...items.map(({ key }) => key))).machines;
        const chosen = items.filter((_, index) => nodes[index]?.isChosen).map(({ key }) => key);
        const some = apply(items, asNew(...chosen)).machines;
        expect(some.map((machine) => Machine.parse(machine))).toEqual(some);
        for (const machine of some) {
          const same = all.find(({ name }) => name === machine.name);
          const wayOf = (which: Machine | undefined, machines: readonly Machine[]) => {
            const way = which && wayTo(which, machines);
            return { proxy: way?.proxy, hops: way?.hops.map(({ host }) => host) };
          };
          expect(wayOf(machine, some)).toEqual(wayOf(same, all));
        }
      }),
    );
  });
});
