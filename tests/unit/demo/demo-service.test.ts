import { describe, expect, test } from 'vitest';
import type { DemoFolder } from '../../../electron/demo/demo-folder';
import { DemoService, type DemoServiceDeps } from '../../../electron/demo/demo-service';
import type { DemoServerOptions } from '../../../electron/ssh/demo-server';
import { AppError } from '../../../shared/errors/app-error';
import type { DemoState } from '../../../shared/model/demo';
import { directRoute, emptyMachineDraft, type Machine, MachineId } from '../../../shared/model/machine';

const machineId = MachineId.parse('6f0f5f7a-53b5-4a0a-8d0e-0f2f6f4f7a10');

/** A demo service in a world that is only written down; `world.on` changes what happens at one step. */
function demoWorld(on: Partial<DemoServiceDeps> = {}) {
  const world = {
    machine: null as Machine | null,
    runningPorts: [] as number[],
    trusted: [] as string[],
    disconnected: 0,
    states: [] as DemoState[],
  };
  const service: DemoService = new DemoService({
    isSupported: true,
    folder: {
      clientKeyPath: '/data/demo/client_key',
      notebookFolder: '/data/demo/notebooks',
      keys: async () => ({ hostKey: 'host', authorizedKey: 'client' }),
      addWelcomeNotebook: async () => undefined,
    } as Partial<DemoFolder> as DemoFolder,
    user: 'ana',
    shell: { path: '/bin/sh', environment: {}, homeFolder: '/' },
    prepareEnvironment: async ({ report }) => {
      report('installing-jupyter', 'Collecting jupyterlab');
      return '/cache/environment';
    },
    startSshServer: async ({ preferredPort }: DemoServerOptions) => {
      const port = preferredPort === 0 ? 4022 : preferredPort;
      world.runningPorts.push(port);
      return {
        port,
        hostKey: Buffer.from('key'),
        close: async () => {
          world.runningPorts = world.runningPorts.filter((other) => other !== port);
        },
      };
    },
    demoMachine: () => world.machine,
    saveMachine: (draft) => {
      world.machine = { ...draft, id: machineId, isDemo: true, tunnels: [] };
      void service.machinesChanged();
      return world.machine;
    },
    trustHostKey: async (host, port) => {
      world.trusted.push(`${host}:${port}`);
    },
    openNotebook: async () => undefined,
    disconnect: () => {
      world.disconnected += 1;
    },
    texts: () => ({ machineName: 'Demo', notebookName: 'Welcome', notebookTitle: 'Hi', notebookText: '' }),
    onChanged: ({ state }) => world.states.push(state),
    ...on,
  });
  return { world, service };
}

describe('starting the demo machine', () => {
  test('goes through its steps and leaves a saved, trusted, running machine', async () => {
    const { world, service } = demoWorld();
    await service.start();
    expect(world.states.map((state) => (state.kind === 'preparing' ? state.step : state.kind))).toEqual([
      'finding-python',
      'installing-jupyter',
      'starting-server',
      'opening-notebook',
      'ready',
    ]);
    expect(world.machine).toMatchObject({
      name: 'Demo',
      route: directRoute({ host: '127.0.0.1', port: 4022, user: 'ana' }),
      identity: { kind: 'keyFile', path: '/data/demo/client_key' },
      notebook: { kind: 'environment', path: '/cache/environment' },
      workingFolder: '/data/demo/notebooks',
    });
    expect(world.trusted).toEqual(['127.0.0.1:4022']);
    expect(world.runningPorts).toEqual([4022]);
  });

  test('a failure before the machine is saved leaves no machine and no server', async () => {
    const { world, service } = demoWorld({
      prepareEnvironment: () =>
        Promise.reject(new AppError('demo-install-failed', {}, { details: ['No space'] })),
    });
    await service.start();
    expect(service.snapshot().state).toEqual({
      kind: 'failed',
      error: { code: 'demo-install-failed', params: {}, details: ['No space'] },
    });
    expect(world.machine).toBeNull();
    expect(world.runningPorts).toEqual([]);
  });

  test('a host key that could not be trusted leaves no server', async () => {
    const { world, service } = demoWorld({
      trustHostKey: () => Promise.reject(new AppError('known-hosts-unwritable')),
    });
    await service.start();
    expect(service.snapshot().state).toMatchObject({ error: { code: 'known-hosts-unwritable' } });
    expect(world.runningPorts).toEqual([]);
  });

  test('a second start while one runs is the same start', async () => {
    let prepared = 0;
    const { service } = demoWorld({
      prepareEnvironment: async () => {
        prepared += 1;
        return '/cache/environment';
      },
    });
    await Promise.all([service.start(), service.start()]);
    expect(prepared).toBe(1);
  });

  test('does nothing where it is unsupported', async () => {
    const { world, service } = demoWorld({ isSupported: false });
    await service.start();
    expect(service.snapshot().state).toEqual({ kind: 'unsupported' });
    expect(world.machine).toBeNull();
  });
});

describe('cancelling', () => {
  test('while the environment is made: no machine, no server, no failure shown', async () => {
    const { world, service } = demoWorld({
      prepareEnvironment: ({ signal }) =>
        new Promise((_, fail) => signal.addEventListener('abort', () => fail(new AppError('cancelled')))),
    });
    const started = service.start();
    service.cancel();
    await started;
    expect(service.snapshot().state).toEqual({ kind: 'absent' });
    expect(world.machine).toBeNull();
    expect(world.runningPorts).toEqual([]);
  });

  test('while the SSH server starts: the server is gone again', async () => {
    const { world, service } = demoWorld({
      trustHostKey: async () => service.cancel(),
    });
    await service.start();
    expect(service.snapshot().state).toEqual({ kind: 'absent' });
    expect(world.machine).toBeNull();
    expect(world.runningPorts).toEqual([]);
  });

  test('while the notebook opens: the machine is complete and stays, not connected', async () => {
    const { world, service } = demoWorld({
      openNotebook: () => {
        service.cancel();
        return new Promise(() => undefined);
      },
    });
    await service.start();
    expect(service.snapshot().state).toEqual({ kind: 'ready', machineId });
    expect(world.disconnected).toBe(1);
    expect(world.runningPorts).toEqual([4022]);
  });
});

describe('a saved demo machine', () => {
  test('gets its server back on the same port when the app starts', async () => {
    const { world, service } = demoWorld();
    await service.start();
    await service.stop();
    await service.resumeIfSaved();
    expect(world.runningPorts).toEqual([4022]);
    expect(world.machine?.route.port).toBe(4022);
  });

  test('moves to another port, with its host key trusted there, when its own is taken', async () => {
    const { world, service } = demoWorld({
      startSshServer: async () => ({ port: 5022, hostKey: Buffer.from('key'), close: async () => undefined }),
    });
    world.machine = {
      ...emptyMachineDraft,
      id: machineId,
      isDemo: true,
      tunnels: [],
      name: 'Demo',
      route: directRoute({ host: '127.0.0.1', port: 4022, user: 'ana' }),
      identity: { kind: 'keyFile', path: '/data/demo/client_key' },
      forwardsAgent: false,
      allowsOldAlgorithms: false,
      workingFolder: '',
      notebook: { kind: 'environment', path: '/cache/environment' },
      idlePolicy: { kind: 'nothing' },
      keepsCookies: false,
    };
    await service.resumeIfSaved();
    expect(world.machine.route.port).toBe(5022);
    expect(world.trusted).toEqual(['127.0.0.1:5022']);
    expect(service.snapshot().state).toEqual({ kind: 'ready', machineId });
  });

  test('deleted: the server ends; deletion undone: it runs again', async () => {
    const { world, service } = demoWorld();
    await service.start();
    const saved = world.machine;
    world.machine = null;
    await service.machinesChanged();
    expect(world.runningPorts).toEqual([]);
    expect(service.snapshot().state).toEqual({ kind: 'absent' });
    world.machine = saved;
    await service.machinesChanged();
    expect(world.runningPorts).toEqual([4022]);
  });
});
