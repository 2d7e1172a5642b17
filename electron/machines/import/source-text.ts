import { AppError } from '../../../shared/errors/app-error';

/** What programs take their own lists to be written in when nothing else is said: see `decodeText`. */
export type Fallback = 'windows-1252' | 'none';

/**
 * Reads a file's bytes as text: UTF-16 and UTF-8 by their byte order marks, UTF-16 also by its zeros, else UTF-8,
 * else `fallback`. Line ends become `\n`.
 * @throws import-file-not-text when it holds what no text does, import-encoding-wrong when it is not UTF-8 and there
 * is no fallback
 */
export function decodeText(bytes: Uint8Array, path: string, fallback: Fallback): string {
  const text = decode(bytes, path, fallback);
  if (text.includes('\0')) throw new AppError('import-file-not-text', { path });
  return text.replaceAll(/\r\n?/g, '\n');
}

function decode(bytes: Uint8Array, path: string, fallback: Fallback): string {
  const wide = wideEncodingOf(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (isBinary(bytes)) throw new AppError('import-file-not-text', { path }, { cause });
    if (fallback === 'none')
      throw new AppError('import-encoding-wrong', { path, line: firstWrongLine(bytes) }, { cause });
    return new TextDecoder(fallback).decode(bytes);
  }
}

/** UTF-16 with its byte order mark, or without: then every other byte of Latin text is zero. */
function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4 || bytes.length % 2 === 1) return null;
  const sample = bytes.subarray(0, 200);
  const zerosAt = (offset: 0 | 1) =>
    sample.filter((byte, index) => index % 2 === offset && byte === 0).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const many = sample.length * 0.3;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : null;
}

/** Texts of one-byte encodings have no control characters but tabs, line and form feeds, and escapes. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 65_536).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

/** The number, from 1, of the first line that is not UTF-8. */
function firstWrongLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}
