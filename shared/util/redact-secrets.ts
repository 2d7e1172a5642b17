/** What people call secrets: for regular expressions. */
export const secretNames =
  'pass(?:word|wd|phrase)?|pwd|token|secret|api[-_]?key|access[-_]?key|proxy-auth|authorization';

const named = new RegExp(
  `((?:(?:${secretNames})["']?\\s*[=:]\\s*|--?[\\w-]*(?:${secretNames})\\s+)(?:(?:basic|bearer)\\s+)?)\\S+`,
  'gi',
);

/**
 * A text without what looks like a secret: passwords in URLs, values that are called after one, access keys of AWS,
 * JSON web tokens and private keys. All other words stay.
 */
export function redactSecrets(text: string): string {
  return text
    .replace(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g, '…')
    .replace(/(:\/\/[^\s:/@]+:)[^\s@]+@/g, '$1…@')
    .replace(named, '$1…')
    .replace(/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, '…')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '…');
}
