/** Lines of a server's log without tokens and colour codes, and without empty lines at the ends. */
export function redact(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) =>
      line
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with ESC (ECMA-48)
        .replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
        .replace(/(token=)[^\s&"'<>]+/gi, '$1…')
        .replace(/\b[0-9a-f]{32,}\b/gi, '…')
        .trimEnd(),
    )
    .filter((line) => line !== '');
}
