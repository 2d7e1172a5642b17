import { createStore } from 'zustand/vanilla';
import { AppError, type ErrorReport } from '../../shared/errors/app-error';
import type { Notice } from '../../shared/model/app';
import { type GroupId, isSaved, type Machine, type MachineId } from '../../shared/model/machine';
import { nuvem } from '../api/nuvem';

/** A card in the corner of the window. */
export type Toast =
  | { readonly kind: 'notice'; readonly toastId: string; readonly notice: Notice }
  | {
      readonly kind: 'machinesRemoved';
      readonly toastId: string;
      readonly machineIds: readonly MachineId[];
      /** Of the first. */
      readonly name: string;
      /** What there is no file of is discarded, not deleted. */
      readonly wasSaved: boolean;
    }
  | {
      readonly kind: 'groupRemoved';
      readonly toastId: string;
      readonly groupId: GroupId;
      readonly name: string;
    }
  | { readonly kind: 'failure'; readonly toastId: string; readonly report: ErrorReport };

/** What the user should know now, oldest first. */
export const noticesStore = createStore<readonly Toast[]>(() => []);

function add(toast: Toast): void {
  noticesStore.setState(
    (toasts) => [...toasts.filter((other) => other.toastId !== toast.toastId), toast],
    true,
  );
}

/** Starts showing the main process's notices, also those posted before the window listened. @throws AppError */
export async function followNotices(): Promise<void> {
  const show = (notice: Notice) => add({ kind: 'notice', toastId: notice.noticeId, notice });
  nuvem.app.noticePosted(show);
  for (const notice of await nuvem.app.notices()) show(notice);
}

/** Offers to undo a removal; takes the place of the same machines' earlier offer. */
export function offerRestore(removed: readonly Machine[]): void {
  const machineIds = removed.map(({ id }) => id);
  add({
    kind: 'machinesRemoved',
    toastId: `removed-${machineIds.join()}`,
    machineIds,
    name: removed[0]?.name ?? '',
    wasSaved: removed.some(isSaved),
  });
}

/** Offers to undo the removal of a group. */
export function offerGroupRestore(groupId: GroupId, name: string): void {
  add({ kind: 'groupRemoved', toastId: `removed-${groupId}`, groupId, name });
}

/** Shows why an action that the user asked for was refused; what they cancelled themselves needs no words. */
export function showFailure(thrown: unknown): void {
  const error = AppError.from(thrown);
  if (error.code === 'internal') console.error(error.cause);
  if (error.code === 'cancelled') return;
  add({ kind: 'failure', toastId: crypto.randomUUID(), report: error.toReport() });
}

/** Removes a card; a notice of the main process is told to be seen. */
export function dismissToast(toastId: string): void {
  const toast = noticesStore.getState().find((candidate) => candidate.toastId === toastId);
  noticesStore.setState((toasts) => toasts.filter((candidate) => candidate.toastId !== toastId), true);
  if (toast?.kind === 'notice')
    nuvem.app.dismissNotice({ noticeId: toast.notice.noticeId }).catch(showFailure);
}
