import type { MachineId } from '../../../shared/model/machine';
import type { UnitAction, UnitId } from '../../../shared/model/service-unit';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Connects if needed and looks which services there are. */
export function lookForUnits(machineId: MachineId): void {
  nuvem.units.look({ machineId }).catch(showFailure);
}

/** Starts, stops, removes… a service; `password` is for sudo. */
export function actOnUnit(machineId: MachineId, unitId: UnitId, action: UnitAction, password = ''): void {
  nuvem.units.act({ machineId, unitId, action, password }).catch(showFailure);
}

/** Lets the user's services run while they are not signed in. */
export function turnLingeringOn(machineId: MachineId, password: string): void {
  nuvem.units.turnLingeringOn({ machineId, password }).catch(showFailure);
}
