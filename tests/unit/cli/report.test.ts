import { describe, expect, it } from 'vitest';
import { exitCodes, reportOf } from '../../../electron/cli/report';
import type { ListedMachine } from '../../../electron/control/protocol';
import { createTexts } from '../../../electron/desktop/texts';
import type { MachineId } from '../../../shared/model/machine';
import { uuid } from '../../support/samples';

const english = createTexts(() => 'en');
const machine: ListedMachine = {
  id: uuid<MachineId>(1),
  name: 'gpu',
  address: 'ana@gpu.example.com',
  state: 'ready',
};

describe('what the command says', () => {
  it('lists machines in columns, in the language of the terminal', () => {
    const list = { kind: 'machines', machines: [machine, { ...machine, name: 'training' }] } as const;
    expect(reportOf(list, false, english)).toEqual({
      code: 0,
      complaint: '',
      text: 'gpu       ana@gpu.example.com  connected\ntraining  ana@gpu.example.com  connected',
    });
    expect(
      reportOf(
        list,
        false,
        createTexts(() => 'pt-BR'),
      ).text,
    ).toContain('conectada');
  });

  it('says the same as JSON for programs', () => {
    expect(JSON.parse(reportOf({ kind: 'machines', machines: [machine] }, true, english).text)).toEqual([
      machine,
    ]);
    const status = reportOf({ kind: 'status', version: '0.1.0', machines: [] }, true, english);
    expect(JSON.parse(status.text)).toEqual({ isRunning: true, version: '0.1.0', machines: [] });
    const notRunning = reportOf({ kind: 'notRunning' }, true, english);
    expect([notRunning.code, JSON.parse(notRunning.text)]).toEqual([3, { isRunning: false }]);
  });

  it('lets no name steer the terminal', () => {
    const evil = { ...machine, name: '\u001b]0;evil\u0007' };
    const { text } = reportOf({ kind: 'machines', machines: [evil] }, false, english);
    expect(text).toBe(']0;evil  ana@gpu.example.com  connected');
  });

  it('fails with the way out on standard error', () => {
    const error = { code: 'key-refused', params: { host: 'gpu', user: 'ana' }, details: [] } as const;
    const report = reportOf({ kind: 'failed', error: { ...error, details: [] } }, false, english);
    expect(report).toMatchObject({ code: exitCodes.failed, text: '' });
    expect(report.complaint).toContain('gpu');
  });

  it('names all machines of a name that is not one alone', () => {
    const report = reportOf({ kind: 'machineAmbiguous', name: 'gpu', ids: ['a', 'b'] }, false, english);
    expect(report).toMatchObject({ code: exitCodes.notFound });
    expect(report.complaint.split('\n').slice(1)).toEqual(['a', 'b']);
  });
});
