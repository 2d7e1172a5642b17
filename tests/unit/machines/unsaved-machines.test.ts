import { beforeEach, describe, expect, it } from 'vitest';
import { exportedMachines } from '../../../electron/machines/export/exported-machines';
import { MachineStore } from '../../../electron/machines/machine-store';
import { noMachines, StoredMachines } from '../../../electron/machines/machines-data';
import { AppError } from '../../../shared/errors/app-error';
import { collisionFinder } from '../../../shared/model/import-collision';
import {
  directRoute,
  emptyMachineDraft,
  type GroupId,
  type MachineDraft,
  type MachineId,
  usualAgent,
} from '../../../shared/model/machine';
import { emptyGroupDraft } from '../../../shared/model/machine-group';
import type { TunnelId } from '../../../shared/model/tunnel';
import { sampleTunnel, uuid } from '../../support/samples';

let onDisk: StoredMachines;
let writes: number;
let isDiskFull: boolean;
let machines: MachineStore;

beforeEach(() => {
  let next = 0;
  const newId = <Id extends string>(): Id => {
    next += 1;
    return uuid<Id>(next);
  };
  onDisk = noMachines;
  writes = 0;
  isDiskFull = false;
  machines = new MachineStore({
    store: {
      value: () => onDisk,
      replace: (data) => {
        if (isDiskFull) throw new AppError('store-disk-full');
        onDisk = StoredMachines.parse(data);
        writes += 1;
      },
    },
    newId: () => newId<MachineId>(),
    newGroupId: () => newId<GroupId>(),
    newTunnelId: () => newId<TunnelId>(),
    onChanged: () => undefined,
  });
});

const at = (host: string, part: Partial<MachineDraft> = {}): MachineDraft => ({
  ...emptyMachineDraft,
  name: host,
  route: directRoute({ host, port: 22, user: 'ana' }),
  ...part,
});
const open = (host: string, part: Partial<MachineDraft> = {}) => machines.open(at(host, part), false);
const standings = () => machines.list().machines.map(({ name, isUnsaved }) => [name, isUnsaved === true]);
const password = { kind: 'password' } as const;

describe('a machine that is not saved', () => {
  it('is in the list and never on disk, not even when the disk is full', () => {
    machines.save(at('saved'));
    isDiskFull = true;
    open('quick');
    expect(standings()).toEqual([
      ['saved', false],
      ['quick', true],
    ]);
    expect(onDisk.machines.map(({ name }) => name)).toEqual(['saved']);
  });

  it('stays off the disk whatever is done to it and beside it', () => {
    const { id } = open('quick');
    machines.setTunnels(id, [sampleTunnel(1)]);
    machines.mark([id], { isFavourite: true });
    machines.save({ ...at('quick', { name: 'renamed', identity: password }), id });
    machines.duplicate(id);
    expect(writes).toBe(0);
    machines.save(at('saved'));
    expect(onDisk.machines.map(({ name }) => name)).toEqual(['saved']);
    expect(machines.get(id)).toMatchObject({ name: 'renamed', isUnsaved: true, tunnels: [{ isOn: false }] });
  });

  it('is the same one when the same server is opened again, in any case of its name', () => {
    const first = open('gpu');
    expect(open('GPU').id).toBe(first.id);
    const elsewhere = directRoute({ host: 'gpu', port: 22, user: 'eva' });
    expect(open('gpu', { route: elsewhere }).id).not.toBe(first.id);
  });

  it('is not the saved machine at the same server', () => {
    const saved = machines.save(at('gpu'));
    expect(open('gpu').id).not.toBe(saved.id);
  });

  it('gets another identity only when one was asked for', () => {
    const { id } = open('gpu', { identity: usualAgent });
    expect(machines.open(at('gpu', { identity: password }), false).identity).toEqual(usualAgent);
    const again = machines.open(at('gpu', { identity: password }), true);
    expect(again).toMatchObject({ id, identity: password });
  });

  it('has the default settings', () => {
    machines.saveDefaults({ port: 2222 });
    const { id } = open('gpu', { inherits: ['port'] });
    expect(machines.get(id).route.port).toBe(2222);
    expect(open('gpu', { inherits: ['port'] }).id).toBe(id);
  });

  it('gets into no group', () => {
    const group = machines.saveGroup({ ...emptyGroupDraft, name: 'Lab' });
    const { id } = open('gpu', { groupId: group.id });
    machines.move([id], group.id, null);
    machines.save({ ...at('gpu'), id, groupId: group.id });
    expect(machines.get(id).groupId).toBeNull();
  });

  it('is saved with its id, its tunnels and the group that it is put in', () => {
    const group = machines.saveGroup({ ...emptyGroupDraft, name: 'Lab' });
    const { id } = open('gpu');
    machines.setTunnels(id, [sampleTunnel(1)]);
    const kept = machines.keep({ ...at('gpu', { name: 'GPU', groupId: group.id }), id });
    expect(kept).toMatchObject({ id, name: 'GPU', groupId: group.id, tunnels: [{ id: sampleTunnel(1).id }] });
    expect(standings()).toEqual([['GPU', false]]);
    expect(onDisk.machines).toEqual([kept]);
  });

  it('stays unsaved when it can’t be written', () => {
    const { id } = open('gpu');
    isDiskFull = true;
    expect(() => machines.keep({ ...at('gpu'), id })).toThrow(
      expect.objectContaining({ code: 'store-disk-full' }),
    );
    expect(standings()).toEqual([['gpu', true]]);
  });

  it('comes back unsaved when its removal is undone', () => {
    const { id } = open('gpu');
    machines.remove([id]);
    expect(standings()).toEqual([]);
    machines.restore([id]);
    expect(standings()).toEqual([['gpu', true]]);
    expect(onDisk.machines).toEqual([]);
  });

  it('may lead over a saved machine, but no saved one over it', () => {
    const bastion = machines.save(at('bastion'));
    const over = (machineId: MachineId) => ({
      ...directRoute({ host: 'inner', port: 22, user: 'ana' }),
      jumps: [{ kind: 'machine', machineId } as const],
    });
    expect(open('inner', { route: over(bastion.id) }).route.jumps).toHaveLength(1);
    const quick = open('quick');
    expect(() => machines.save(at('inner', { route: over(quick.id) }))).toThrow(
      expect.objectContaining({ code: 'jump-machine-missing' }),
    );
    expect(() => machines.remove([bastion.id])).toThrow(expect.objectContaining({ code: 'machine-is-jump' }));
  });

  it('is in no export and is no import’s rival', () => {
    machines.save(at('saved'));
    const { id } = open('gpu');
    const list = machines.list();
    expect(exportedMachines(list, null).machines.map(({ machine }) => machine.name)).toEqual(['saved']);
    expect(exportedMachines(list, [id]).machines).toEqual([]);
    const { id: _, groupId: __, ...machine } = at('gpu');
    const item = { key: 'gpu', machine, groupPath: [], tunnels: [], remarks: [] };
    expect(collisionFinder(list.machines)(item as never)).toBeNull();
  });
});
