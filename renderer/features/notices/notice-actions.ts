import type { Notice } from '../../../shared/model/app';
import { MachineId } from '../../../shared/model/machine';
import { ServerId } from '../../../shared/model/notebook';
import { openNotebook, openServer } from '../notebook/notebook-actions';

/** Opens the notebook that a `running-notebook-found` or `told-in-window` notice tells of: the server it names, or the machine's. */
export function openNoticedNotebook(params: Notice['params']): void {
  const machineId = MachineId.parse(params.machineId);
  const serverId = ServerId.safeParse(params.serverId);
  if (serverId.success) openServer(machineId, serverId.data);
  else openNotebook(machineId);
}
