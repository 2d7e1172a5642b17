import type { TFunction } from 'i18next';
import {
  type ActionFacts,
  type ActionId,
  actionIds,
  type CustomShortcuts,
  isAvailable,
  shortcutsOf,
} from '../../../shared/model/action';
import type { Machine, MachineId } from '../../../shared/model/machine';
import type { NotebookSnapshot } from '../../../shared/model/notebook';
import type { KeyboardKind } from '../../../shared/model/shortcut';
import type { WebTab } from '../../../shared/model/tab';
import { endText } from '../../../shared/model/tunnel';
import { openSettings, settingNames } from '../../stores/view-store';
import { runAction } from '../actions/run-action';
import { routeText } from '../machines/route-text';
import { openNotebook, openServer } from '../notebook/notebook-actions';
import { connectTo } from '../quick-connect/quick-actions';
import { activateTab } from '../tabs/tab-actions';
import { turnTunnel } from '../tunnels/tunnel-actions';
import { tunnelTitle } from '../tunnels/tunnel-title';
import type { PaletteEntry } from './palette-entry';

/** A text in the user's language, and in the other one. */
export interface BothLanguages {
  readonly t: TFunction;
  readonly other: TFunction;
}

/** They lead to where one is. */
const waysHere: readonly ActionId[] = ['palette', 'summon'];

/** What can be done now. */
export function actionEntries(
  { t, other }: BothLanguages,
  facts: ActionFacts,
  custom: CustomShortcuts,
  keyboard: KeyboardKind,
): readonly PaletteEntry[] {
  const titleIn = (language: TFunction, id: ActionId) => language(`action.${id}`, { ns: 'actions' });
  return actionIds
    .filter((id) => !waysHere.includes(id) && isAvailable(id, facts))
    .map((id) => {
      const [shortcut] = shortcutsOf(id, custom, keyboard);
      return {
        id: `action ${id}`,
        kind: 'action',
        title: titleIn(t, id),
        detail: '',
        otherTitle: titleIn(other, id),
        ...(shortcut && { shortcut }),
        run: () => runAction(id),
      };
    });
}

/** Stands for a tunnel's name in a text that is made once for all of them. */
const placeholder = '\u001e';

export const settingEntries = ({ t, other }: BothLanguages): readonly PaletteEntry[] =>
  settingNames.map((name) => ({
    id: `setting ${name}`,
    kind: 'setting',
    title: t(`settings.${name}`),
    detail: '',
    otherTitle: other(`settings.${name}`),
    run: () => openSettings(name),
  }));

export function machineEntry(machine: Machine, groupPath: string): PaletteEntry {
  const { id, name, route } = machine;
  return {
    id: `machine ${id}`,
    kind: 'machine',
    title: name,
    detail: [routeText(route), groupPath].filter((part) => part !== '').join(' · '),
    run: () => connectTo(id),
    runOther: () => openNotebook(id),
  };
}

export const tabEntries = (
  tabs: readonly WebTab[],
  nameOf: (machineId: MachineId) => string,
): readonly PaletteEntry[] =>
  tabs.map(({ id, title, machineId }) => ({
    id: `tab ${id}`,
    kind: 'tab',
    title,
    detail: nameOf(machineId),
    run: () => void activateTab(id),
  }));

/** The servers that can be opened without a question. */
export const notebookEntries = (
  { t, other }: BothLanguages,
  notebooks: readonly NotebookSnapshot[],
  nameOf: (machineId: MachineId) => string,
): readonly PaletteEntry[] =>
  notebooks.flatMap(({ machineId, servers }) =>
    (servers ?? [])
      .filter(({ canOpen }) => canOpen)
      .map(({ id, folder }) => ({
        id: `notebook ${machineId} ${id}`,
        kind: 'notebook' as const,
        title: t('palette.openServer', { ns: 'actions', name: folder }),
        detail: nameOf(machineId),
        otherTitle: other('palette.openServer', { ns: 'actions', name: folder }),
        run: () => openServer(machineId, id),
      })),
  );

/** Of all machines: made without a translation for each, of which there would be very many. */
export function tunnelEntries(
  { t, other }: BothLanguages,
  machines: readonly Machine[],
): readonly PaletteEntry[] {
  const frames = [true, false].map((isOn) =>
    [t, other].map((language) =>
      language(isOn ? 'palette.turnOff' : 'palette.turnOn', { ns: 'actions', name: placeholder }),
    ),
  );
  return machines.flatMap((machine) =>
    machine.tunnels.map((tunnel): PaletteEntry => {
      const { id, isOn, forward } = tunnel;
      const [frame = '', otherFrame = ''] = frames[isOn ? 0 : 1] ?? [];
      const name = tunnelTitle(t, tunnel);
      return {
        id: `tunnel ${machine.id} ${id}`,
        kind: 'tunnel',
        title: frame.replace(placeholder, () => name),
        detail: `${machine.name} · ${endText(forward.listen)}`,
        otherTitle: otherFrame.replace(placeholder, () => name),
        run: () => turnTunnel(machine.id, id, !isOn),
      };
    }),
  );
}
