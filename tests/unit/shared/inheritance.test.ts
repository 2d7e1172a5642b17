import { describe, expect, it } from 'vitest';
import { chainOf, settingsFor, sourceOf, withInherited } from '../../../shared/model/inheritance';
import type { GroupId, Machine } from '../../../shared/model/machine';
import type { GroupSettings, MachineGroup } from '../../../shared/model/machine-group';
import { sampleGroup, sampleMachine } from '../../support/samples';

const lab = sampleGroup(1, { settings: { user: 'lab', port: 2222, keepsCookies: true } });
const gpus = sampleGroup(2, { parentId: lab.id, settings: { user: 'gpu' } });
const defaults: GroupSettings = { user: 'me', proxy: null, workingFolder: '~/work', port: 22 };
const find =
  (...groups: MachineGroup[]) =>
  (id: GroupId) =>
    groups.find((group) => group.id === id);
const chain = chainOf(gpus.id, find(lab, gpus));
const settings = settingsFor(chain, defaults);

describe('the settings that a group hands down', () => {
  it('are its own before those of the group around it, before the defaults, before what Nuvem knows', () => {
    expect(settings).toMatchObject({
      user: 'gpu',
      port: 2222,
      workingFolder: '~/work',
      notebook: { kind: 'auto' },
    });
    expect(sourceOf('user', chain, defaults)).toBe(gpus);
    expect(sourceOf('port', chain, defaults)).toBe(lab);
    expect(sourceOf('workingFolder', chain, defaults)).toBe('defaults');
    expect(sourceOf('notebook', chain, defaults)).toBe('builtIn');
  });

  it('end where a group is missing or comes again', () => {
    const circle = sampleGroup(1, { parentId: gpus.id });
    expect(chainOf(gpus.id, find(circle, gpus))).toEqual([gpus, circle]);
    expect(chainOf(gpus.id, find(gpus))).toEqual([gpus]);
  });
});

describe('a machine', () => {
  it('takes what it inherits and keeps the rest', () => {
    const machine = sampleMachine(1, { inherits: ['user', 'keepsCookies'] });
    expect(withInherited(machine, settings)).toEqual({
      ...machine,
      route: { ...machine.route, user: 'gpu' },
      keepsCookies: true,
    });
  });

  it('keeps its own user when nobody sets one', () => {
    const machine = sampleMachine(1, { inherits: ['user'] });
    expect(withInherited(machine, settingsFor([], {}))).toEqual(machine);
  });

  it('that is one of the jump hosts of its group is reached over those before it', () => {
    const [outer, inner, other] = [1, 2, 3].map((index) => sampleMachine(index, { inherits: ['jumps'] })) as [
      Machine,
      Machine,
      Machine,
    ];
    const jumps = [outer, inner].map(({ id }) => ({ kind: 'machine', machineId: id }) as const);
    const jumpsOf = (machine: Machine) => withInherited(machine, { jumps }).route.jumps;
    expect(jumpsOf(outer)).toEqual([]);
    expect(jumpsOf(inner)).toEqual([jumps[0]]);
    expect(jumpsOf(other)).toEqual(jumps);
  });
});
