/** Longest part of a pattern list that ssh looks at. */
const longestPattern = 1023;

/** True when the text fits the pattern (ssh_config(5), PATTERNS): `*` is any text, `?` any character. */
export function matchesPattern(text: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return text === pattern;
  // The last star is the only one worth going back to.
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const letter = pattern[inPattern];
    if (letter === '*') {
      star = inPattern;
      inPattern += 1;
      resumeAt = at;
    } else if (letter !== undefined && (letter === '?' || letter === text[at])) {
      inPattern += 1;
      at += 1;
    } else if (star !== -1) {
      inPattern = star + 1;
      resumeAt += 1;
      at = resumeAt;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

/** What a comma-separated list of patterns, some of them negated by `!`, says about a text. */
export function matchesList(text: string, list: string, ignoresCase: boolean): boolean {
  let isMatched = false;
  for (const part of list.split(',')) {
    const isNegated = part.startsWith('!');
    const pattern = isNegated ? part.slice(1) : part;
    if (pattern.length > longestPattern) return false;
    if (!matchesPattern(text, ignoresCase ? pattern.toLowerCase() : pattern)) continue;
    if (isNegated) return false;
    isMatched = true;
  }
  return isMatched;
}

/** True when it names exactly one host: an alias that people type. */
export const isConcrete = (pattern: string): boolean => pattern !== '' && !/[*?!]/.test(pattern);
