import { describe, expect, it } from 'vitest';
import { createTexts } from '../../../electron/desktop/texts';
import type { TrayMenuItem } from '../../../electron/desktop/tray-machine-item';
import { type TrayActions, type TrayModel, trayMenu } from '../../../electron/desktop/tray-menu';
import { trayMark, trayTooltip } from '../../../electron/desktop/tray-summary';
import type { ConnectionState } from '../../../shared/model/connection';
import type { Machine, MachineId } from '../../../shared/model/machine';
import type { TunnelId } from '../../../shared/model/tunnel';
import { gpuMachine, hostKeyPrompt, labServer, report } from '../../support/samples';

const textOf = createTexts(() => 'en');
const machine = (id: string, name: string, rest: Partial<Machine> = {}): Machine => ({
  ...gpuMachine,
  id: id as MachineId,
  name,
  isFavourite: false,
  tunnels: [],
  ...rest,
});
const many = (count: number): Machine[] =>
  Array.from({ length: count }, (_, index) => machine(String(index), `M${index}`));
const ready: ConnectionState = { kind: 'ready', sinceMs: 0 };
const failed: ConnectionState = { kind: 'failed', error: report('key-refused') };

function menuOf(machines: readonly Machine[], rest: Partial<TrayModel> = {}) {
  const done: string[] = [];
  const actions: TrayActions = {
    show: () => done.push('show'),
    quit: () => done.push('quit'),
    setPaused: (isPaused) => done.push(`setPaused ${isPaused}`),
    connect: (id) => done.push(`connect ${id}`),
    openNotebook: (id) => done.push(`openNotebook ${id}`),
    openServer: (id, serverId) => done.push(`openServer ${id} ${serverId}`),
    turnTunnel: (id, tunnelId, isOn) => done.push(`turnTunnel ${id} ${tunnelId} ${isOn}`),
    disconnect: (id) => done.push(`disconnect ${id}`),
  };
  return { menu: trayMenu(modelOf(machines, rest), actions, textOf), done };
}

const modelOf = (machines: readonly Machine[], rest: Partial<TrayModel> = {}): TrayModel => ({
  machines,
  recentIds: [],
  cost: null,
  isPaused: false,
  stateOf: () => ({ kind: 'idle' }),
  serversOf: () => [],
  ...rest,
});
const inState = (states: Readonly<Record<string, ConnectionState>>) => (id: MachineId) =>
  states[id] ?? ({ kind: 'idle' } as const);
const labels = (items: readonly TrayMenuItem[] = []): (string | undefined)[] =>
  items.filter((item) => item.type !== 'separator').map((item) => item.label);

describe('the menu of the tray', () => {
  it('has the machines between Show and Quit', () => {
    const { menu } = menuOf([machine('a', 'GPU'), machine('b', 'R&D')], { stateOf: () => ready });
    expect(labels(menu)).toEqual([
      ...['Show Nuvem', 'GPU (connected)', 'R&&D (connected)'],
      ...['Pause reconnecting', 'Quit Nuvem'],
    ]);
    expect(labels(menu[2]?.submenu)).toEqual(['Connect', 'Open notebook', 'Disconnect']);
  });

  it('sorts more than eight by how wanted they are, each in one place, and has all of them below', () => {
    const machines = many(12).map((each, index) => ({ ...each, isFavourite: index === 5 || index === 9 }));
    const recentIds = ['3', '9', '2', 'gone'] as MachineId[];
    const { menu } = menuOf(machines, { recentIds, stateOf: inState({ 9: ready }) });
    expect(labels(menu)).toEqual([
      'Show Nuvem',
      ...['In use', 'M9 (connected)'],
      ...['Favourites', 'M5 (not connected)'],
      ...['Recent', 'M3 (not connected)', 'M2 (not connected)'],
      ...['All machines', 'Pause reconnecting', 'Quit Nuvem'],
    ]);
    expect(labels(menu.find(({ label }) => label === 'All machines')?.submenu)).toHaveLength(12);
  });

  it('stays short with very many machines, and leads to the others', () => {
    const { menu, done } = menuOf(many(10_000), { stateOf: () => ready });
    expect(labels(menu)).toHaveLength(1 + 1 + 20 + 1 + 2);
    const all = menu.find(({ label }) => label === 'All machines')?.submenu ?? [];
    expect(labels(all)).toHaveLength(51);
    all.at(-1)?.click?.();
    expect(done).toEqual(['show']);
  });

  it('says that there are no machines yet', () => {
    const { menu } = menuOf([]);
    expect(labels(menu)).toEqual(['Show Nuvem', 'No machines yet', 'Quit Nuvem']);
    expect(menu[2]?.enabled).toBe(false);
  });

  it.each([
    ['idle', { kind: 'idle' }, [true, true, false]],
    ['connecting', { kind: 'connecting', isReconnect: false }, [false, true, true]],
    ['ready', ready, [false, true, true]],
    ['closing', { kind: 'closing' }, [false, false, false]],
    ['failed', failed, [true, true, false]],
  ] as const)('offers of a machine that is %s only what can be done with it', (_kind, state, enabled) => {
    const { menu } = menuOf([machine('a', 'GPU')], { stateOf: () => state });
    expect(menu[2]?.submenu?.map((item) => item.enabled)).toEqual(enabled);
  });

  it("has a machine's running notebooks that can be opened, and its tunnels with their switches", () => {
    const forward = {
      kind: 'local',
      listen: { kind: 'tcp', address: '127.0.0.1', port: 6006 },
      target: { kind: 'tcp', host: 'localhost', port: 6006 },
    } as const;
    const tunnel = {
      ...{ id: 't1' as TunnelId, name: '', forward, isExposed: false, isOn: true },
      ...({ startsWith: 'hand', whileAway: 'wait' } as const),
    };
    const served = { ...labServer, folder: '/home/ana/R&D' };
    const closed = { ...labServer, canOpen: false };
    const { menu, done } = menuOf([machine('a', 'GPU', { tunnels: [tunnel] })], {
      serversOf: () => [served, closed],
    });
    const submenu = menu[2]?.submenu ?? [];
    expect(labels(submenu).slice(3)).toEqual([
      ...['Running notebooks', 'Open /home/ana/R&&D'],
      ...['Tunnels', 'localhost:6006 (127.0.0.1:6006)'],
    ]);
    expect(submenu.at(-1)).toMatchObject({ type: 'checkbox', checked: true });
    for (const item of submenu.slice(4)) item.click?.();
    expect(done).toEqual([`openServer a ${labServer.id}`, 'turnTunnel a t1 false']);
  });

  it('does what it says', () => {
    const { menu, done } = menuOf([machine('a', 'GPU')]);
    for (const item of [menu[0], ...(menu[2]?.submenu ?? []), ...menu.slice(-2)]) item?.click?.();
    expect(done).toEqual([
      ...['show', 'connect a', 'openNotebook a', 'disconnect a'],
      ...['setPaused true', 'quit'],
    ]);
  });

  it('shows that reconnecting is paused, and lets it go on', () => {
    const { menu, done } = menuOf([machine('a', 'GPU')], { isPaused: true });
    const pause = menu.find(({ label }) => label === 'Pause reconnecting');
    expect(pause?.checked).toBe(true);
    pause?.click?.();
    expect(done).toEqual(['setPaused false']);
  });
});

describe('the icon of the tray', () => {
  const machines = [machine('a', 'GPU'), machine('b', 'CPU')];

  it('counts connected machines and their notebook servers in its tooltip', () => {
    const stateOf = inState({ a: ready });
    const serversOf = (id: MachineId) => (id === 'a' ? [labServer, labServer] : [labServer]);
    expect(trayTooltip(modelOf(machines, { stateOf }), textOf)).toBe('Nuvem: 1 machine connected');
    expect(trayTooltip(modelOf(machines, { stateOf, serversOf }), textOf)).toBe(
      'Nuvem: 1 machine connected\n2 notebook servers running',
    );
    const cost = { perHour: '$1.62', soFar: '$3.24' };
    expect(trayTooltip(modelOf(machines, { stateOf, cost }), textOf)).toBe(
      'Nuvem: 1 machine connected\nAWS: about $1.62 per hour, about $3.24 since the start',
    );
    expect(trayTooltip(modelOf([]), textOf)).toBe('Nuvem');
    // What nobody is connected to costs as well.
    expect(trayTooltip(modelOf([], { cost }), textOf)).toBe(
      'Nuvem\nAWS: about $1.62 per hour, about $3.24 since the start',
    );
  });

  it.each<[string, ConnectionState, string]>([
    ['not connected', { kind: 'idle' }, 'none'],
    ['connected', ready, 'connected'],
    ['failed', failed, 'none'],
    ['asking about a host key', { kind: 'awaitingHostKey', prompt: hostKeyPrompt }, 'trouble'],
    ['signing in', { kind: 'authenticating', isReconnect: false, prompt: null }, 'none'],
    [
      'between retries',
      { kind: 'waitingToRetry', retryNumber: 1, nextTryAtMs: null, error: report('connection-lost') },
      'trouble',
    ],
  ])('shows a machine that is %s', (_how, state, mark) => {
    expect(trayMark(modelOf(machines, { stateOf: inState({ b: state }) }))).toBe(mark);
  });

  it('shows trouble before what is well', () => {
    const waiting = {
      kind: 'waitingToRetry',
      retryNumber: 1,
      nextTryAtMs: 5,
      error: report('connection-lost'),
    };
    const stateOf = inState({ a: ready, b: waiting as ConnectionState });
    expect(trayMark(modelOf(machines, { stateOf }))).toBe('trouble');
  });
});
