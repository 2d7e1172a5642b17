import type { TFunction } from 'i18next';
import type { Identity } from '../../../shared/model/machine';
import type { MachineList } from '../../../shared/model/machine-list';
import { appInfoStore } from '../../stores/app-info-store';
import { lookForSignIns } from '../../stores/sign-ins-store';
import { connectTo, quickConnect } from '../quick-connect/quick-actions';
import { type QuickReading, readQuickTarget } from '../quick-connect/quick-target';
import type { PaletteEntry } from './palette-entry';

/** The server that a text is an address of; null: it is none, or no more than a name that may be one. */
export function typedServer(t: TFunction, text: string, list: MachineList): PaletteEntry | null {
  const target = read(text, list, { kind: 'password' });
  if (target.kind !== 'target' || !target.isPlain) return null;
  const { user, host, port } = target.draft.route;
  const server = `${user}@${host}${port === 22 ? '' : `:${port}`}`;
  return {
    id: 'server',
    kind: 'server',
    title: t('palette.connect', { ns: 'actions', server }),
    detail: target.saved?.name ?? t('palette.withoutSaving', { ns: 'actions' }),
    run: () => void connectToTyped(text, list),
  };
}

async function connectToTyped(text: string, list: MachineList): Promise<void> {
  const usual = list.defaults.identity ?? (await lookForSignIns())[0] ?? { kind: 'password' };
  const target = read(text, list, usual);
  if (target.kind !== 'target') return;
  if (target.saved !== null) connectTo(target.saved.id);
  else await quickConnect(target, false);
}

function read(text: string, list: MachineList, identity: Identity): QuickReading {
  return readQuickTarget(text, { list, userName: appInfoStore.getState()?.userName ?? '', identity });
}
