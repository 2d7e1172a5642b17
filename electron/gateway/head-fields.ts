/** RFC 9110, 5.1 and 5.5: a token, and no control characters but the tab in its value. */
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[\x21-\x7e\x80-\xff][\t\x20-\x7e\x80-\xff]*)?)$/;

/**
 * Reads one line of a head without its end (RFC 9112, 5). Null: it is none, or one whose meaning is in doubt, such as
 * one that is folded or has white space before its colon.
 */
export function readField(line: string): { readonly name: string; readonly value: string } | null {
  const match = fieldLine.exec(line);
  return match === null ? null : { name: match[1] as string, value: (match[2] as string).trimEnd() };
}

/** The fields as they stand on the wire. */
export function writeFields(raw: readonly string[]): string {
  let lines = '';
  for (let index = 0; index + 1 < raw.length; index += 2) lines += `${raw[index]}: ${raw[index + 1]}\r\n`;
  return lines;
}
