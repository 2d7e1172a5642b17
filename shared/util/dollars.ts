/** US dollars as people of that language write them; small sums with as many digits as say something. */
export function dollars(usd: number, language: string): string {
  const digits = usd !== 0 && usd < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', ...digits }).format(usd);
}
