import { createHash } from 'node:crypto';
import { keySizeOf } from './public-key';

const width = 17;
const height = 9;
const symbols = ' .o+=*BOX@%&#/^SE';
const startSymbol = symbols.length - 2;
const endSymbol = symbols.length - 1;

/**
 * The picture that OpenSSH draws of a public key's SHA256 fingerprint ("drunken bishop"), 11 lines separated by
 * `\n`: people compare pictures better than digits.
 * Source: `fingerprint_randomart` of OpenSSH's sshkey.c; "The drunken bishop", Loss, Limmer, von Gernler (2009).
 */
export function randomartOf(blob: Uint8Array): string {
  const field = new Uint8Array(width * height);
  let x = (width - 1) / 2;
  let y = (height - 1) / 2;
  for (const byte of createHash('sha256').update(blob).digest()) {
    for (let shift = 0; shift < 8; shift += 2) {
      const step = byte >> shift;
      x = Math.min(width - 1, Math.max(0, x + ((step & 1) === 1 ? 1 : -1)));
      y = Math.min(height - 1, Math.max(0, y + ((step & 2) === 2 ? 1 : -1)));
      const at = y * width + x;
      field[at] = Math.min(startSymbol - 1, (field[at] ?? 0) + 1);
    }
  }
  field[((height - 1) / 2) * width + (width - 1) / 2] = startSymbol;
  field[y * width + x] = endSymbol;

  const size = keySizeOf(blob);
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from(field.subarray(row * width, (row + 1) * width), (value) => symbols[value]).join(''),
  );
  return [
    border(size === null ? '' : `[${size.family} ${size.bits}]`),
    ...rows.map((row) => `|${row}|`),
    border('[SHA256]'),
  ].join('\n');
}

function border(title: string): string {
  const left = Math.floor((width - title.length) / 2);
  return `+${'-'.repeat(left)}${title}${'-'.repeat(width - left - title.length)}+`;
}
