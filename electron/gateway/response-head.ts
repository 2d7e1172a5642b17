import { endToEndHeaders } from './forwarded-headers';
import { readField, writeFields } from './head-fields';

/** How the end of a body is known (RFC 9112, 6.3). */
export type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'untilEnd' };

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** End-to-end fields without those that tell the length of the body. */
  readonly headers: readonly string[];
  /** The `Content-Length`, which an answer without a body may have, too; null: none. */
  readonly contentLength: number | null;
  readonly body: BodyFraming;
  /** The server takes another request on the same connection. */
  readonly keepsAlive: boolean;
  /** Of the head itself, with the empty line. */
  readonly headBytes: number;
}

/** The answer can't be read beyond doubt. To guess where it ends would let one server answer for another one. */
export class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}

const headBytesAtMost = 64 * 1024;
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;

/**
 * Reads the head of an answer to `method` at the start of `bytes` (RFC 9112, 4 to 6). Null: not all of it is there.
 * @throws MalformedResponse
 */
export function readResponseHead(bytes: Buffer, method: string): ResponseHead | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end > headBytesAtMost || (end < 0 && bytes.length > headBytesAtMost))
    throw new MalformedResponse('Its head is too long');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const start = statusLine.exec(first);
  if (start === null) throw new MalformedResponse('Its first line is no status line');
  const raw: string[] = [];
  const known: Framing = { lengths: [], codings: [], connection: [] };
  for (const line of lines) {
    const field = readField(line);
    if (field === null) throw new MalformedResponse('A line of its head is no field');
    const isLength = note(known, field.name.toLowerCase(), field.value);
    if (!isLength) raw.push(field.name, field.value);
  }
  const status = Number(start[2]);
  const contentLength = lengthOf(known.lengths);
  const body = framingOf(method, status, contentLength, known.codings, start[1] === '1');
  return {
    status,
    reason: start[3] ?? '',
    headers: endToEndHeaders(raw),
    contentLength,
    body,
    keepsAlive: body.kind !== 'untilEnd' && keepsAlive(start[1] === '1', known.connection),
    headBytes: end + 4,
  };
}

interface Framing {
  readonly lengths: string[];
  readonly codings: string[];
  readonly connection: string[];
}

/** True: the field tells the length of the body. */
function note(known: Framing, name: string, value: string): boolean {
  if (name === 'content-length') {
    known.lengths.push(value);
    return true;
  }
  if (name === 'transfer-encoding') known.codings.push(value.toLowerCase());
  if (name === 'connection')
    known.connection.push(...value.split(',').map((option) => option.trim().toLowerCase()));
  return false;
}

function lengthOf(lengths: readonly string[]): number | null {
  const [length] = lengths;
  if (length === undefined) return null;
  if (lengths.length > 1 || !/^\d{1,15}$/.test(length))
    throw new MalformedResponse('Its Content-Length is not one number');
  return Number(length);
}

function framingOf(
  method: string,
  status: number,
  contentLength: number | null,
  codings: readonly string[],
  isHttp11: boolean,
): BodyFraming {
  if (status === 101) throw new MalformedResponse('It changes the protocol without being asked');
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  if (codings.length > 0) {
    if (contentLength !== null || !isHttp11 || codings.length > 1 || codings[0] !== 'chunked')
      throw new MalformedResponse('Its Transfer-Encoding leaves its length in doubt');
    return { kind: 'chunked' };
  }
  return contentLength === null ? { kind: 'untilEnd' } : { kind: 'length', bytes: contentLength };
}

function keepsAlive(isHttp11: boolean, options: readonly string[]): boolean {
  return isHttp11 ? !options.includes('close') : options.includes('keep-alive') && !options.includes('close');
}

/** The head as the browser gets it: it tells the end of the body in one way only. */
export function writeResponseHead({ status, reason, headers, contentLength, body }: ResponseHead): string {
  let head = `HTTP/1.1 ${status} ${reason}\r\n${writeFields(headers)}`;
  if (body.kind === 'chunked' || body.kind === 'untilEnd') head += 'Transfer-Encoding: chunked\r\n';
  else if (contentLength !== null && status !== 204) head += `Content-Length: ${contentLength}\r\n`;
  return `${head}\r\n`;
}
