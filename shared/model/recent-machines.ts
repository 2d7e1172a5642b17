import { z } from 'zod';
import { MachineId } from './machine';

export const RecentMachines = z.strictObject({
  revision: z.number().int(),
  /** The ones that were connected last, the newest first, of those that are saved. They may have been removed since. */
  machineIds: z.array(MachineId).readonly(),
});
export type RecentMachines = Readonly<z.infer<typeof RecentMachines>>;
