import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MachineSearch } from '../../../../../renderer/features/machine-tree/machine-search';
import { gpuMachine, groupedMachines, manyMachines, sampleMachine } from '../../../../support/samples';

const found = (search: string, machines = manyMachines.slice(0, 3)) =>
  new MachineSearch({ machines, groups: [] }).find(search).map(({ machine }) => machine.name);
const foundInGroups = (search: string) =>
  new MachineSearch(groupedMachines).find(search).map(({ machine }) => machine.name);

describe('searching machines', () => {
  it('finds by name, user, host, tag and group, in any case', () => {
    expect(found('gpu')).toEqual(['GPU box']);
    expect(found('HADOOP')).toEqual(['ETL']);
    expect(found('amazonaws')).toEqual([manyMachines[2]?.name]);
    expect(foundInGroups('batch')).toEqual(['ETL']);
    expect(foundInGroups('clusters')).toEqual(['Primary node']);
  });

  it('finds the machines of a group by its new name once it was renamed', () => {
    const { machines, groups } = groupedMachines;
    expect(foundInGroups('clusters')).toEqual(['Primary node']);
    const renamed = groups.map((group) => ({ ...group, name: group.name.replace('Clusters', 'Warehouses') }));
    const search = new MachineSearch({ machines, groups: renamed });
    expect(search.find('clusters')).toEqual([]);
    expect(search.find('warehouses').map(({ machine }) => machine.name)).toEqual(['Primary node']);
  });

  it('takes no notice of accents, in either text', () => {
    expect(foundInGroups('sao paulo')).toEqual(['São Paulo 2']);
    expect(foundInGroups('laboratorio etl')).toEqual(['ETL']);
    expect(foundInGroups('são')[0]).toBe('São Paulo 2');
    expect(found('joao', [sampleMachine(1, { name: 'Joa\u0303o' })])).toHaveLength(1);
    expect(found('сервер', [sampleMachine(1, { name: 'Сервер' }), gpuMachine])).toEqual(['Сервер']);
  });

  it('forgives a slip', () => {
    expect(foundInGroups('pirmary')).toEqual(['Primary node']);
    expect(foundInGroups('primry')).toEqual(['Primary node']);
  });

  it('wants all words, in any order', () => {
    expect(found('box ubuntu')).toEqual(['GPU box']);
    expect(found('ubuntu box')).toEqual(['GPU box']);
    expect(found('box hadoop')).toEqual([]);
  });

  it('finds more than anybody looks at, by several words too', () => {
    const machines = Array.from({ length: 1500 }, (_, index) => sampleMachine(index));
    for (const search of ['machine', 'ana machine', 'ana.machine', 'node-machine ana'])
      expect(found(search, machines)).toHaveLength(1500);
  });

  it('puts the name that begins so before what has it in the middle', () => {
    const machines = [
      sampleMachine(1, { name: 'old train' }),
      sampleMachine(2, { name: 'constrain' }),
      sampleMachine(3, { name: 'train' }),
    ];
    expect(found('train', machines)[0]).toBe('train');
  });

  it('filters by the beginning of tags', () => {
    expect(foundInGroups('tag:sp')).toEqual(['São Paulo 2']);
    expect(foundInGroups('tag:gpu tag:spot paulo')).toEqual(['São Paulo 2']);
    expect(foundInGroups('tag:gpu etl')).toEqual([]);
    expect(found('tag:"two words"', [sampleMachine(1, { tags: ['Two Words'] }), gpuMachine])).toHaveLength(1);
  });

  it('says where it matched', () => {
    const [first] = new MachineSearch(groupedMachines).find('paulo');
    expect(first?.matches).toEqual({ name: [[4, 9]], route: [], tags: [], group: [] });
    expect(first?.groupPath).toBe('Laboratório de Visão / GPUs');
  });

  it('finds among thousands, also when nearly all match', () => {
    const machines = Array.from({ length: 3000 }, (_, index) => sampleMachine(index));
    expect(found('machine', machines)).toHaveLength(3000);
    expect(found('2999', machines)).toContain('Machine 2999');
  });

  it('answers whatever is typed with machines of the list, each once', () => {
    const search = new MachineSearch(groupedMachines);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const names = search.find(text).map(({ machine }) => machine.id);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
