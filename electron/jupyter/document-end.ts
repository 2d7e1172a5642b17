/**
 * The word that ends a here-document (POSIX XCU 2.7.4) with this text: `mark` behind a letter that no line begins
 * with. Where a line begins as the word does and goes on otherwise, dash, the `sh` of Debian and Ubuntu, loses a
 * next byte that is not ASCII: behind "nuvem…" it would make "nvel" of "nível".
 */
export function documentEnd(mark: string, text: string): string {
  const isFree = (letter: string) => !`\n${text}`.includes(`\n${letter}`);
  return `${[...'zqjxkvwyuhbgm'].find(isFree) ?? 'z'}${mark}`;
}
