import { describe, expect, test } from 'vitest';
import { formOf, readForm, splitPastedHost } from '../../../../renderer/features/machines/machine-form';
import { gpuMachine } from '../../../support/samples';

const valid = { ...formOf(null), name: 'GPU', host: 'gpu', user: 'ana', keyPath: '~/.ssh/id' };

describe('the fields of the machine editor', () => {
  test('make the machine again that filled them', () => {
    const { isDemo: _, tunnels: __, ...draft } = gpuMachine;
    expect(readForm(formOf(gpuMachine), gpuMachine.id)).toEqual({ draft });
  });

  test('say everything that is wrong, each beside its field', () => {
    const form = { ...formOf(null), port: '99999', notebookKind: 'command' } as const;
    expect(readForm(form, null)).toEqual({
      problems: {
        name: 'name-empty',
        host: 'host-empty',
        port: 'port-range',
        user: 'user-empty',
        keyPath: 'key-path-empty',
        commandLine: 'command-empty',
      },
    });
  });

  test.each(['', 'ssh', '2.5', '-1', '0x16', '1e3'])('a port must be a plain number, not "%s"', (port) => {
    expect(readForm({ ...valid, port }, null)).toEqual({ problems: { port: 'port-range' } });
  });

  test('what a hidden field holds does not matter', () => {
    const form = { ...valid, identityKind: 'agent', keyPath: '', environmentPath: '\n' } as const;
    expect(readForm(form, null)).toMatchObject({
      draft: { identity: { kind: 'agent' }, notebook: { kind: 'auto' } },
    });
  });
});

describe('what is pasted into the host field', () => {
  test.each([
    ['ana@gpu.example.com', { user: 'ana', host: 'gpu.example.com', port: '22' }],
    ['ana@gpu.example.com:2222', { user: 'ana', host: 'gpu.example.com', port: '2222' }],
    [' ssh://ana@10.0.0.1:22 ', { user: 'ana', host: '10.0.0.1', port: '22' }],
  ])('%s is taken apart', (host, expected) => {
    expect(splitPastedHost({ ...formOf(null), host })).toMatchObject(expected);
  });

  test.each(['gpu.example.com', 'ana@', '@gpu', 'ana@gpu:port', 'fe80::1'])('%s stays as it is', (host) => {
    const form = { ...formOf(null), host };
    expect(splitPastedHost(form)).toBe(form);
  });
});
