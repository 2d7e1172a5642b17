const longestName = 100;

/** The first free name of the row `name 2`, `name 3`, ...; at most 100 characters. */
export function nameOfDuplicate(name: string, takenNames: readonly string[]): string {
  const base = name.replace(/ \d+$/, '');
  for (let number = 2; ; number += 1) {
    const suffix = ` ${number}`;
    const candidate = base.slice(0, longestName - suffix.length).trimEnd() + suffix;
    if (!takenNames.includes(candidate)) return candidate;
  }
}
