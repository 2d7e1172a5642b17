/** A word as it is when no shell would read anything into it, else in single quotes (POSIX XCU 2.2.2). */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
