const secretNames =
  'pass(?:word|wd|phrase)?|pwd|token|secret|api[-_]?key|access[-_]?key|proxy-auth|authorization';

/**
 * One line of a command, or of what it says, without control characters and without what looks like a secret:
 * passwords in URLs, values of options and headers that are called after one. At most 500 characters.
 */
export function redactCommand(text: string): string {
  return text
    .replace(/[^\P{Cc}\t]/gu, '')
    .replace(/(:\/\/[^\s:/@]+:)[^\s@]+@/g, '$1…@')
    .replace(
      new RegExp(`((?:${secretNames})["']?(?:\\s*[=:]\\s*|\\s+)(?:(?:basic|bearer)\\s+)?)\\S+`, 'gi'),
      '$1…',
    )
    .trim()
    .slice(0, 500);
}
