import { describe, expect, it } from 'vitest';
import { createTexts } from '../../../electron/desktop/texts';
import {
  type TrayActions,
  type TrayMenuItem,
  trayMenu,
  trayTooltip,
} from '../../../electron/desktop/tray-menu';
import type { ConnectionState } from '../../../shared/model/connection';
import type { Machine, MachineId } from '../../../shared/model/machine';

const textOf = createTexts(() => 'en');
const machine = (id: string, name: string): Machine => ({ id: id as MachineId, name }) as Machine;

function menuOf(
  machines: Machine[],
  state: ConnectionState = { kind: 'idle' },
): { menu: TrayMenuItem[]; done: string[] } {
  const done: string[] = [];
  const actions: TrayActions = {
    show: () => done.push('show'),
    quit: () => done.push('quit'),
    connect: (id) => done.push(`connect ${id}`),
    openNotebook: (id) => done.push(`openNotebook ${id}`),
    disconnect: (id) => done.push(`disconnect ${id}`),
  };
  return { menu: trayMenu({ machines, stateOf: () => state }, actions, textOf), done };
}

const labels = (items: readonly TrayMenuItem[] = []): (string | undefined)[] =>
  items.filter((item) => item.type !== 'separator').map((item) => item.label);

describe('the menu of the tray', () => {
  it('has the machines between Show and Quit', () => {
    const { menu } = menuOf([machine('a', 'GPU'), machine('b', 'R&D')], { kind: 'ready', sinceMs: 0 });
    expect(labels(menu)).toEqual(['Show Nuvem', 'GPU (connected)', 'R&&D (connected)', 'Quit Nuvem']);
    expect(labels(menu[2]?.submenu)).toEqual(['Connect', 'Open notebook', 'Disconnect']);
  });

  it('offers of very many machines those in use, then the favourites, then the first', () => {
    const machines = Array.from({ length: 10_000 }, (_, index) => ({
      ...machine(String(index), `M${index}`),
      isFavourite: index === 500,
    }));
    const ready: ConnectionState = { kind: 'ready', sinceMs: 0 };
    const stateOf = (id: MachineId): ConnectionState => (id === '9000' ? ready : { kind: 'idle' });
    const offered = labels(trayMenu({ machines, stateOf }, {} as TrayActions, textOf)).slice(1, -1);
    expect(offered).toHaveLength(20);
    expect(offered.slice(0, 3)).toEqual(['M9000 (connected)', 'M500 (not connected)', 'M0 (not connected)']);
  });

  it('says that there are no machines yet', () => {
    const { menu } = menuOf([]);
    expect(labels(menu)).toEqual(['Show Nuvem', 'No machines yet', 'Quit Nuvem']);
    expect(menu[2]?.enabled).toBe(false);
  });

  it.each([
    ['idle', { kind: 'idle' }, [true, true, false]],
    ['connecting', { kind: 'connecting', isReconnect: false }, [false, true, true]],
    ['ready', { kind: 'ready', sinceMs: 0 }, [false, true, true]],
    ['closing', { kind: 'closing' }, [false, false, false]],
    [
      'failed',
      { kind: 'failed', error: { code: 'key-refused', params: {}, details: [] } },
      [true, true, false],
    ],
  ] as const)('offers of a machine that is %s only what can be done with it', (_kind, state, enabled) => {
    const { menu } = menuOf([machine('a', 'GPU')], state as ConnectionState);
    expect(menu[2]?.submenu?.map((item) => item.enabled)).toEqual(enabled);
  });

  it('does what it says', () => {
    const { menu, done } = menuOf([machine('a', 'GPU')]);
    for (const item of [menu[0], ...(menu[2]?.submenu ?? []), menu.at(-1)]) item?.click?.();
    expect(done).toEqual(['show', 'connect a', 'openNotebook a', 'disconnect a', 'quit']);
  });

  it('counts the connected machines in the tooltip', () => {
    const machines = [machine('a', 'GPU'), machine('b', 'CPU')];
    const stateOf = (id: MachineId): ConnectionState =>
      id === 'a' ? { kind: 'ready', sinceMs: 0 } : { kind: 'idle' };
    expect(trayTooltip({ machines, stateOf }, textOf)).toBe('Nuvem: 1 machine connected');
    expect(trayTooltip({ machines: [], stateOf }, textOf)).toBe('Nuvem');
  });
});
