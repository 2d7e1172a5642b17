import { AppError } from '../../../shared/errors/app-error';
import type { UnitId, UnitScope } from '../../../shared/model/service-unit';
import functions from './remote/launch-unit.sh?raw';
import systemd from './remote/systemd.sh?raw';

/** Of ASCII's separators the one between units: no line of a unit file holds it. */
const separator = '\u001f';

/** What it takes to make a new server a service. */
export interface ServiceLaunch {
  readonly id: UnitId;
  readonly scope: UnitScope;
  /** All of the unit file, as the user has seen it. */
  readonly text: string;
  readonly turnsLingeringOn: boolean;
  /** For sudo; empty: it asks for none. Secret. */
  readonly password: string;
}

/** Goes before the launch script for a service. */
export const unitFunctions = `${systemd}\n${functions}`;

/** What the functions for services take besides what every launch takes. */
export function unitValues(service: ServiceLaunch): Readonly<Record<string, string>> {
  return {
    scope: service.scope,
    unit_lines: service.text.split('\n').join(separator),
    lingers: service.turnsLingeringOn ? 'yes' : 'no',
    password: service.password,
  };
}

/** Why systemd took no service; null: the problem is not one of services. */
export function unitProblemOf(kind: string, name: string, details: readonly string[]): AppError | null {
  switch (kind) {
    case 'systemd-missing':
      return new AppError('systemd-missing');
    case 'user-manager-missing':
    case 'unit-no-user-manager':
      return new AppError('user-manager-missing');
    case 'unit-lingering':
      return new AppError('lingering-refused', {}, { details });
    case 'unit-sudo':
      return new AppError('sudo-refused', {}, { details });
    case 'unit-gone':
      return new AppError('service-gone');
    case 'unit-service':
      return new AppError('service-refused', { name }, { details });
    default:
      return null;
  }
}
