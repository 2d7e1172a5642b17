import { z } from 'zod';

/**
 * The same schema for values that never change in place: what it has found good once is not looked at again. With
 * ten thousand of them of which one is new, that is the difference between a moment and a stall.
 */
export function checkedOnce<Schema extends z.ZodType<object>>(schema: Schema): z.ZodType<z.output<Schema>> {
  /** What came out, by what went in. */
  const good = new WeakMap<object, z.output<Schema>>();
  return z.unknown().transform((value, context) => {
    const known = typeof value === 'object' && value !== null ? good.get(value) : undefined;
    if (known !== undefined) return known;
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        context.issues.push({ code: 'custom', path, message, input: value });
      return z.NEVER;
    }
    good.set(parsed.data, parsed.data);
    good.set(value as object, parsed.data);
    return parsed.data;
  });
}
