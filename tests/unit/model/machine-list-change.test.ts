import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineList } from '../../../shared/model/machine-list';
import { changeBetween, withChange } from '../../../shared/model/machine-list-change';
import { sampleGroup, sampleMachine } from '../../support/samples';

const list = (revision: number, parts: Partial<MachineList> = {}): MachineList => ({
  revision,
  machines: [],
  groups: [],
  defaults: {},
  ...parts,
});

/** Any of twelve machines, each as it was or changed, in any order. */
const anyMachines = fc
  .uniqueArray(fc.nat(11), { maxLength: 12 })
  .chain((indices) =>
    fc.tuple(fc.constant(indices), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })),
  )
  .map(([indices, areChanged]) =>
    indices.map((index) => (areChanged[index] === true ? changedOnes[index] : originals[index])),
  )
  .map((machines) => machines.filter((machine) => machine !== undefined));
const originals = Array.from({ length: 12 }, (_, index) => sampleMachine(index, {}));
const changedOnes = originals.map((machine) => ({ ...machine, isFavourite: !machine.isFavourite }));

describe('what leads from one list of machines to the next', () => {
  it('leads there, whatever was added, removed, changed and moved', () => {
    fc.assert(
      fc.property(anyMachines, anyMachines, fc.boolean(), (before, after, hasNewGroups) => {
        const first = list(4, { machines: before, groups: [sampleGroup(1, { parentId: null })] });
        const next = { ...first, revision: 5, machines: after, ...(hasNewGroups && { groups: [] }) };
        expect(withChange(first, changeBetween(first, next))).toEqual(next);
      }),
    );
  });

  it('is one machine and nothing else when one of very many is changed', () => {
    const machines = Array.from({ length: 10_000 }, (_, index) => sampleMachine(index, {}));
    const marked = { ...sampleMachine(77, {}), isFavourite: true };
    const first = list(1, { machines });
    const change = changeBetween(first, { ...first, revision: 2, machines: machines.with(77, marked) });
    expect(change).toEqual({ revision: 2, machines: [marked], order: null, groups: null, defaults: null });
  });

  it('leaves what it does not change the same object, so that nobody looks at it again', () => {
    const first = list(1, { machines: originals });
    const marked = changedOnes[3] as (typeof originals)[number];
    const moved = [...originals.slice(1), originals[0] as typeof marked].map((machine) =>
      machine.id === marked.id ? marked : machine,
    );
    const next = withChange(first, changeBetween(first, { ...first, revision: 2, machines: moved }));
    expect(next.machines.every((machine, index) => machine === moved[index])).toBe(true);
    expect([next.groups, next.defaults]).toEqual([first.groups, first.defaults]);
    expect(next.groups).toBe(first.groups);
    const renamed = { ...first, revision: 2, defaults: { port: 22 } };
    expect(withChange(first, changeBetween(first, renamed)).machines).toBe(first.machines);
  });
});
