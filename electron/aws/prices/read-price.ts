import { z } from 'zod';

/** The part of an entry of AWS's price list that says what an hour costs (Price List API, "GetProducts"). */
const Entry = z.object({
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.string().optional() }) }),
        ),
      }),
    ),
  }),
});

/** Services write it in their own ways. */
const hours = /^h(ou)?rs$/i;

/**
 * US dollars for an hour, of the entries of the list in JSON; undefined: none has such a price. Entries of nought are
 * those of hosts that are paid for otherwise.
 */
export function usdPerHourOf(entries: readonly string[]): number | undefined {
  const prices = entries.flatMap((text) => {
    const { success, data } = Entry.safeParse(parsed(text));
    if (!success) return [];
    return Object.values(data.terms.OnDemand).flatMap(({ priceDimensions }) =>
      Object.values(priceDimensions)
        .filter(({ unit }) => hours.test(unit))
        .map(({ pricePerUnit }) => Number(pricePerUnit.USD)),
    );
  });
  return prices.find((price) => Number.isFinite(price) && price > 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
