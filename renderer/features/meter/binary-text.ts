const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** An amount of memory or disk for people, in the powers of two that these come in: `512 MiB`, `1.4 TiB`. */
export function binaryText(language: string, bytes: number): string {
  let amount = bytes;
  let index = 0;
  while (amount >= 1000 && index < units.length - 1) {
    amount /= 1024;
    index += 1;
  }
  const digits = index > 0 && amount < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount);
  return `${number}\u00a0${units[index]}`;
}
