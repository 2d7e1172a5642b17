import { z } from 'zod';
import { MachineId } from './machine';

export const BrowserDoorId = z.uuid().brand<'BrowserDoorId'>();
export type BrowserDoorId = z.infer<typeof BrowserDoorId>;

/** A server of a machine that the system's browser can use for as long as this is there. */
export const BrowserDoor = z.strictObject({
  id: BrowserDoorId,
  machineId: MachineId,
  /** The server, as the machine writes it: `localhost:8888`. */
  host: z.string(),
  title: z.string(),
  /** Where the browser finds it, e.g. `http://nuvem-1f2e3d4c.localhost:23456`. */
  origin: z.url(),
  /** How many browsers were let in. */
  browserCount: z.number().int(),
});
export type BrowserDoor = Readonly<z.infer<typeof BrowserDoor>>;

export const BrowserDoorList = z.strictObject({
  revision: z.number().int(),
  doors: z.array(BrowserDoor).readonly(),
});
export type BrowserDoorList = Readonly<z.infer<typeof BrowserDoorList>>;
