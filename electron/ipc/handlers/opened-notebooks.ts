import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { OpenedNotebooks } from '../../jupyter/home/opened-notebooks';

export function openedNotebooksHandlers(opened: OpenedNotebooks): HandlersOf<AppContract>['openedNotebooks'] {
  return {
    list: () => opened.snapshot(),
    forget: ({ machineId, path }) => opened.forget(machineId, path),
  };
}
