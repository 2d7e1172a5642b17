import type { Notice } from '../../../shared/model/app';
import { MachineId } from '../../../shared/model/machine';
import { ServerId } from '../../../shared/model/notebook';
import { ServerPath } from '../../../shared/model/server-files';
import { openRecipe, selectMachine } from '../../stores/view-store';
import { keepServer } from '../idle/idle-actions';
import { openNotebook, openServer } from '../notebook/notebook-actions';
import { showFile } from '../notebook-home/home-actions';
import { showPage } from '../shell/show-page';

/** Opens what a `running-notebook-found` or `told-in-window` notice tells of: the file it names, or the server, or the machine's. */
export function openNoticedNotebook(params: Notice['params']): void {
  const machineId = MachineId.parse(params.machineId);
  const serverId = ServerId.safeParse(params.serverId);
  const path = ServerPath.safeParse(params.path);
  if (serverId.success && path.success) showFile({ machineId, serverId: serverId.data }, path.data);
  else if (serverId.success) openServer(machineId, serverId.data);
  else openNotebook(machineId);
}

/** Lets the server go on that a `told-in-window` notice says will end. */
export function keepNoticedServer(params: Notice['params']): void {
  keepServer({ machineId: MachineId.parse(params.machineId), serverId: ServerId.parse(params.serverId) });
}

/** Shows what adding jupytext would run in the environment that a `jupytext-offered` notice names. */
export function proposeJupytext(params: Notice['params']): void {
  const machineId = MachineId.parse(params.machineId);
  showPage(() => selectMachine(machineId));
  openRecipe(machineId, { kind: 'addJupytext', path: String(params.environment) });
}
