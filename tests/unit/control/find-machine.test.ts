import { describe, expect, it } from 'vitest';
import { findMachine } from '../../../electron/control/find-machine';
import { sampleMachine } from '../../support/samples';

const [one, two, three] = [
  sampleMachine(1, { name: 'GPU' }),
  sampleMachine(2, { name: 'gpu' }),
  sampleMachine(3, { name: 'Notes' }),
];
const machines = [one, two, three];

describe('the machine that a name means', () => {
  it('is that of the id, or of the very name', () => {
    expect(findMachine(machines, one.id)).toEqual({ kind: 'found', value: one });
    expect(findMachine(machines, 'gpu')).toEqual({ kind: 'found', value: two });
  });

  it('is also found in another case, if there is one alone', () => {
    expect(findMachine(machines, 'nOTES')).toEqual({ kind: 'found', value: three });
    expect(findMachine(machines, 'Gpu')).toEqual({
      kind: 'machineAmbiguous',
      name: 'Gpu',
      ids: [one.id, two.id],
    });
  });

  it('may not be there', () => {
    expect(findMachine(machines, 'note')).toEqual({ kind: 'machineUnknown', name: 'note' });
  });
});
