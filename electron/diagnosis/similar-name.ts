/** The known name that `name` is most likely a misspelling of; null when none is close enough. */
export function similarName(name: string, known: readonly string[]): string | null {
  const typed = name.toLowerCase();
  const largest = typed.length < 6 ? 1 : 2;
  const candidates = [...new Set(known.map((other) => other.toLowerCase()))]
    .filter((other) => other !== typed && Math.abs(other.length - typed.length) <= largest)
    .map((other) => ({ other, distance: distanceBetween(typed, other) }))
    .filter(({ distance }) => distance <= largest)
    .sort((a, b) => a.distance - b.distance);
  return candidates[0]?.other ?? null;
}

/**
 * How many letters have to be changed, added, left out or swapped with their neighbour to get from one word to the
 * other (the optimal string alignment distance).
 */
function distanceBetween(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
