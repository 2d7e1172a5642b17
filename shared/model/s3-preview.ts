import { z } from 'zod';

/** What can be shown of an object without downloading it. */
export const S3Preview = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string(),
    /** There is no more than this. */
    isWhole: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('table'),
    columns: z.array(z.strictObject({ name: z.string(), type: z.string() })).readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
    /** Null: not known. */
    rowCount: z.number().nullable(),
    isWhole: z.boolean(),
    /** The rows would take too much to be fetched: only the columns are shown. */
    isTooLarge: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('binary') }),
]);
export type S3Preview = Readonly<z.infer<typeof S3Preview>>;
