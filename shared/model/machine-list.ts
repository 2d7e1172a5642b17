import { z } from 'zod';
import { Machine } from './machine';
import { GroupSettings, MachineGroup } from './machine-group';

/** All machines, with what they inherit already in them, and all groups; both in the order of the user. */
export const MachineList = z.strictObject({
  revision: z.number().int(),
  machines: z.array(Machine).readonly(),
  groups: z.array(MachineGroup).readonly(),
  /** The default settings: what machines inherit that are in no group, or whose groups don't set it. */
  defaults: GroupSettings,
});
export type MachineList = Readonly<z.infer<typeof MachineList>>;
