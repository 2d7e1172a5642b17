import { isDeepStrictEqual } from 'node:util';
import { withInherited } from '../../../shared/model/inheritance';
import type { Machine } from '../../../shared/model/machine';
import type { GroupSettings } from '../../../shared/model/machine-group';

/** The machine inheriting only what would be the same as the value it has; the others become its own. */
export function keepingValues(machine: Machine, settings: GroupSettings): Machine {
  const inherits = machine.inherits.filter((setting) =>
    isDeepStrictEqual(withInherited({ ...machine, inherits: [setting] }, settings), {
      ...machine,
      inherits: [setting],
    }),
  );
  return { ...machine, inherits };
}
