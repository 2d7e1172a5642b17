import { z } from 'zod';

/** Whether lost connections are tried again by themselves, in this run. */
export const Reconnecting = z.strictObject({
  revision: z.number().int(),
  isPaused: z.boolean(),
});
export type Reconnecting = Readonly<z.infer<typeof Reconnecting>>;
