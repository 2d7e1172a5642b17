/**
 * The words of a POSIX shell command line (quotes and backslashes as in the Shell Command Language, 2.2). Nothing
 * is expanded. Null when a quote stays open, or when the line is more than one plain command: pipes, redirections,
 * substitutions.
 */
export function shellWords(line: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let rest = line.replace(/\\\r?\n/g, ' ').trim();
  while (rest !== '') {
    const piece = nextPiece.exec(rest);
    if (piece === null) return null;
    const { space, single, double, escaped, plain } = piece.groups ?? {};
    rest = rest.slice(piece[0].length);
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    const text = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '';
    word = (word ?? '') + text;
  }
  return word === null ? words : [...words, word];
}

const nextPiece =
  /^(?:(?<space>\s+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\$`]|\\[^\r\n])*)"|\\(?<escaped>[^\r\n])|(?<plain>[^\s'"\\|&;<>()$`]+))/u;
