import { z } from 'zod';

/** For so long no cell has run and no terminal was used. */
const afterHours = z.number('idle-hours-range').min(0.01, 'idle-hours-range').max(1000, 'idle-hours-range');

/** What happens to a notebook server that nobody uses. */
export const IdlePolicy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  /** The user is told, while Nuvem runs. */
  z.strictObject({ kind: z.literal('tell'), afterHours }),
  /** It is ended: on the machine, whether Nuvem runs or not, where a keeper can count; else while Nuvem runs. */
  z.strictObject({ kind: z.literal('stop'), afterHours }),
]);
export type IdlePolicy = Readonly<z.infer<typeof IdlePolicy>>;
