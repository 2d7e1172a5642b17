import type { IncomingHttpHeaders } from 'node:http';
import type { RawHeaders } from './forwarded-headers';
import { readField } from './head-fields';

/** A request that needs nothing but to be sent on. */
export interface RequestHead {
  readonly method: string;
  /** As it stood on the wire; with a scheme when it is asked of a proxy. */
  readonly url: string;
  /** By lower-case name. No name stands twice. */
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: RawHeaders;
  readonly bodyBytes: number;
  /** Of the head itself, with the empty line. */
  readonly headBytes: number;
}

const requestLine = /^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE) ([\x21-\x7e]+) HTTP\/1\.1$/;
/** What makes a request more than one that is sent on. */
const special = ['transfer-encoding', 'upgrade', 'expect', 'trailer', 'te'] as const;
const methodsWithoutBody = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Reads the head of a plain request at the start of `bytes` (RFC 9112, 3 and 5). Null: it is not whole, or not beyond
 * all doubt what it means; then somebody else judges it. What is read here has one meaning: no line is folded, no
 * name stands twice, and the length of the body is known.
 */
export function readRequestHead(bytes: Buffer): RequestHead | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const request = requestLine.exec(first);
  if (request === null) return null;
  const headers: Record<string, string> = Object.create(null);
  const rawHeaders: string[] = [];
  for (const line of lines) {
    const field = readField(line);
    const key = field?.name.toLowerCase() ?? '';
    if (field === null || headers[key] !== undefined) return null;
    headers[key] = field.value;
    rawHeaders.push(field.name, field.value);
  }
  const [, method = '', url = ''] = request;
  const bodyBytes = bodyBytesOf(method, headers);
  if (bodyBytes === null || headers.host === undefined || !staysOpen(headers)) return null;
  if (special.some((name) => headers[name] !== undefined)) return null;
  return { method, url, headers, rawHeaders, bodyBytes, headBytes: end + 4 };
}

function bodyBytesOf(method: string, headers: Readonly<Record<string, string>>): number | null {
  const length = headers['content-length'] ?? '0';
  if (!/^\d{1,15}$/.test(length)) return null;
  const bytes = Number(length);
  return bytes > 0 && methodsWithoutBody.has(method) ? null : bytes;
}

function staysOpen(headers: Readonly<Record<string, string>>): boolean {
  return [headers.connection, headers['proxy-connection']].every(
    (option) => option === undefined || option.toLowerCase() === 'keep-alive',
  );
}
