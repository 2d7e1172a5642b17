import { expect, it } from 'vitest';
import { type MachinesData, noMachines } from '../../../electron/machines/machines-data';
import { machinesText } from '../../../electron/machines/machines-text';
import { sampleGroup, sampleMachine } from '../../support/samples';

const data: MachinesData = {
  machines: [sampleMachine(1, { name: 'ação "1"\u2028' }), sampleMachine(2, {})],
  groups: [sampleGroup(1, { parentId: null })],
  defaults: { port: 2222 },
};

it.each([
  ['of some machines', data],
  ['of none', noMachines],
  [
    'of machines after one was changed',
    { ...data, machines: data.machines.with(0, sampleMachine(1, { name: 'b' })) },
  ],
])('the text %s is read as what was written', (_what, written) => {
  expect(JSON.parse(machinesText(data))).toEqual(data);
  expect(JSON.parse(machinesText(written))).toEqual(written);
});

it('a machine is a line, so that two files can be compared', () => {
  expect(machinesText(data).split('\n')).toHaveLength(data.machines.length + 2);
});
