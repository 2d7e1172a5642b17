import { describe, expect, test } from 'vitest';
import { movedJump, newJumpForm } from '../../../../renderer/features/machines/jump-form';
import { formOf, readForm, splitPastedHost } from '../../../../renderer/features/machines/machine-form';
import { usualAgent } from '../../../../shared/model/machine';
import { gpuMachine, sampleMachine } from '../../../support/samples';

const valid = { ...formOf(null), name: 'GPU', host: 'gpu', user: 'ana', keyPath: '~/.ssh/id' };

describe('the fields of the machine editor', () => {
  test('make the machine again that filled them', () => {
    const { isDemo: _, tunnels: __, ...draft } = gpuMachine;
    expect(readForm(formOf(gpuMachine), gpuMachine.id, [])).toEqual({ draft });
  });

  test('make a route with jump hosts and a proxy again', () => {
    const bastion = sampleMachine(2);
    const machine = sampleMachine(1, {
      route: {
        ...sampleMachine(1).route,
        jumps: [
          { kind: 'machine', machineId: bastion.id },
          { kind: 'inline', host: 'inner', port: 2222, user: 'bia', identity: { kind: 'password' } },
          { kind: 'inline', host: 'deep', port: 22, user: 'bia', identity: { kind: 'keyFile', path: '~/k' } },
        ],
        proxy: { kind: 'socks5', host: 'proxy', port: 1080, user: 'ana' },
      },
    });
    const { isDemo: _, tunnels: __, ...draft } = machine;
    expect(readForm(formOf(machine), machine.id, [machine, bastion])).toEqual({ draft });
  });

  test('say what is wrong with which jump host and with the proxy', () => {
    const jumps = [
      { ...newJumpForm([gpuMachine.id]) },
      { ...newJumpForm([]), host: 'a b', port: 'x', user: 'ana' },
    ];
    const form = { ...valid, jumps, proxyKind: 'http', proxyPort: '0' } as const;
    expect(readForm(form, null, [gpuMachine])).toEqual({
      problems: {
        'jump-1-host': 'host-characters',
        'jump-1-port': 'port-range',
        'jump-1-keyPath': 'key-path-empty',
        proxyHost: 'host-empty',
        proxyPort: 'port-range',
      },
    });
  });

  test('refuse a way that leads in a circle, or through a machine that is gone', () => {
    const self = sampleMachine(1);
    const other = sampleMachine(2, {
      route: { ...sampleMachine(2).route, jumps: [{ kind: 'machine', machineId: self.id }] },
    });
    const form = { ...valid, jumps: [newJumpForm([other.id])] };
    expect(readForm(form, self.id, [self, other])).toEqual({ problems: { jumps: 'jump-loop' } });
    expect(readForm(form, self.id, [self])).toEqual({ problems: { jumps: 'jump-machine-missing' } });
  });

  test('say everything that is wrong, each beside its field', () => {
    const form = { ...formOf(null), port: '99999', notebookKind: 'command' } as const;
    expect(readForm(form, null, [])).toEqual({
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
    expect(readForm({ ...valid, port }, null, [])).toEqual({ problems: { port: 'port-range' } });
  });

  test('what a hidden field holds does not matter', () => {
    const form = { ...valid, identityKind: 'agent', keyPath: '', environmentPath: '\n' } as const;
    expect(readForm(form, null, [])).toMatchObject({
      draft: { identity: usualAgent, notebook: { kind: 'auto' } },
    });
  });
});

describe('a container image', () => {
  const form = {
    ...valid,
    notebookKind: 'image',
    image: 'jupyter',
    imageVolumes: ' ~/data:/data \n\n/mnt:/mnt:ro',
    imageOptions: '--shm-size=2g\n',
  } as const;

  test('has its volumes and options one per line', () => {
    const read = readForm(form, null, []);
    const notebook = {
      kind: 'image',
      engine: 'auto',
      image: 'jupyter',
      volumes: ['~/data:/data', '/mnt:/mnt:ro'],
      usesGpus: false,
      options: ['--shm-size=2g'],
    };
    expect(read).toMatchObject({ draft: { notebook } });
    if (!('draft' in read)) throw new Error('it is wrong');
    expect(readForm(formOf(read.draft), null, [])).toEqual(read);
  });

  test('says at each field what is wrong with any of its lines', () => {
    const wrong = { ...form, image: '', imageVolumes: '~/a:/a\n/b', imageOptions: '--a\n--name=x' };
    expect(readForm(wrong, null, [])).toEqual({
      problems: {
        image: 'image-empty',
        imageVolumes: 'volume-malformed',
        imageOptions: 'image-option-reserved',
      },
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

describe('the list of jump hosts', () => {
  const [a, b, c] = [newJumpForm([]), newJumpForm([]), newJumpForm([])];

  test.each([
    [0, 1, [b, a, c]],
    [2, -1, [a, c, b]],
    [0, -1, [a, b, c]],
    [2, 1, [a, b, c]],
  ] as const)('row %i moved by %i', (index, steps, expected) => {
    expect(movedJump([a, b, c], index, steps)).toEqual(expected);
  });
});
