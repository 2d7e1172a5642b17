/**
 * The client's side of SOCKS as far as a forward needs it: CONNECT, with names left to the far end to resolve.
 * SOCKS5: RFC 1928, without authentication. SOCKS4 and 4a: the memos of Koblas and Lee.
 */
export interface SocksRequest {
  readonly version: 4 | 5;
  /** A name, an IPv4 or an IPv6 address, as the client gave it. */
  readonly host: string;
  readonly port: number;
}

/** What the bytes that a client has sent so far amount to. `usedBytes` is how many of them are taken care of. */
export type SocksStep =
  | { readonly kind: 'incomplete' }
  /** The client offered its methods; send `socks5Method` and go on with the rest. */
  | { readonly kind: 'methods'; readonly isWilling: boolean; readonly usedBytes: number }
  | { readonly kind: 'request'; readonly request: SocksRequest; readonly usedBytes: number }
  /** Not SOCKS, or not a thing that a forward can do; send `reply` and hang up. */
  | { readonly kind: 'invalid'; readonly reply: Buffer };

export type SocksOutcome = 'granted' | 'unreachable' | 'refused' | 'failed';

/** No greeting or request is longer: SOCKS5 has 4 + 256 + 2 bytes, SOCKS4a two texts of at most 255. */
const longestText = 255;

const socks5Replies: Readonly<Record<SocksOutcome, number>> = {
  granted: 0,
  failed: 1,
  unreachable: 4,
  refused: 2,
};
const commandNotSupported = 7;
const addressTypeNotSupported = 8;
const nothing = Buffer.alloc(0);

/** The server's choice: no authentication, or none of what was offered. */
export const socks5Method = (isWilling: boolean): Buffer => Buffer.from([5, isWilling ? 0 : 0xff]);

/** The answer to a request. The bound address is not told: nobody uses it for CONNECT. */
export function socksReply(version: 4 | 5, outcome: SocksOutcome): Buffer {
  if (version === 4) return Buffer.from([0, outcome === 'granted' ? 90 : 91, 0, 0, 0, 0, 0, 0]);
  return socks5Reply(socks5Replies[outcome]);
}

/** Reads what a client begins with: the greeting of SOCKS5, or the request of SOCKS4. */
export function readSocksGreeting(bytes: Buffer): SocksStep {
  const [version, count] = bytes;
  if (version === undefined) return { kind: 'incomplete' };
  if (version === 4) return readSocks4Request(bytes);
  if (version !== 5) return { kind: 'invalid', reply: nothing };
  if (count === undefined || bytes.length < 2 + count) return { kind: 'incomplete' };
  const usedBytes = 2 + count;
  return { kind: 'methods', isWilling: bytes.subarray(2, usedBytes).includes(0), usedBytes };
}

/** Reads what a SOCKS5 client sends after the greeting. */
export function readSocks5Request(bytes: Buffer): SocksStep {
  const [version, command, , addressType] = bytes;
  if (version !== undefined && version !== 5) return { kind: 'invalid', reply: nothing };
  if (command !== undefined && command !== 1)
    return { kind: 'invalid', reply: socks5Reply(commandNotSupported) };
  if (addressType === undefined) return { kind: 'incomplete' };
  if (addressType !== 1 && addressType !== 3 && addressType !== 4)
    return { kind: 'invalid', reply: socks5Reply(addressTypeNotSupported) };
  const start = addressType === 3 ? 5 : 4;
  const length = addressType === 1 ? 4 : addressType === 4 ? 16 : bytes[4];
  if (length === undefined || bytes.length < start + length + 2) return { kind: 'incomplete' };
  const address = bytes.subarray(start, start + length);
  const host =
    addressType === 1 ? ipv4Text(address) : addressType === 4 ? ipv6Text(address) : nameText(address);
  if (host === null) return { kind: 'invalid', reply: socks5Reply(socks5Replies.failed) };
  const port = bytes.readUInt16BE(start + length);
  return { kind: 'request', request: { version: 5, host, port }, usedBytes: start + length + 2 };
}

function readSocks4Request(bytes: Buffer): SocksStep {
  const refusal = { kind: 'invalid', reply: socksReply(4, 'failed') } as const;
  if (bytes.length > 1 && bytes[1] !== 1) return refusal;
  if (bytes.length < 8) return { kind: 'incomplete' };
  const address = bytes.subarray(4, 8);
  const user = textUntilNul(bytes, 8);
  if (user === 'incomplete') return { kind: 'incomplete' };
  if (user === 'tooLong') return refusal;
  const port = bytes.readUInt16BE(2);
  // 0.0.0.x with x other than 0: the name follows (SOCKS4a).
  const isNamed = address[0] === 0 && address[1] === 0 && address[2] === 0 && address[3] !== 0;
  if (!isNamed)
    return {
      kind: 'request',
      request: { version: 4, host: ipv4Text(address), port },
      usedBytes: user.end + 1,
    };
  const name = textUntilNul(bytes, user.end + 1);
  if (name === 'incomplete') return { kind: 'incomplete' };
  if (name === 'tooLong') return refusal;
  const host = nameText(bytes.subarray(user.end + 1, name.end));
  if (host === null) return refusal;
  return { kind: 'request', request: { version: 4, host, port }, usedBytes: name.end + 1 };
}

function textUntilNul(bytes: Buffer, start: number): { readonly end: number } | 'incomplete' | 'tooLong' {
  const end = bytes.indexOf(0, start);
  if (end === -1) return bytes.length - start > longestText ? 'tooLong' : 'incomplete';
  return end - start > longestText ? 'tooLong' : { end };
}

function socks5Reply(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

const ipv4Text = (bytes: Buffer): string => bytes.join('.');

function ipv6Text(bytes: Buffer): string {
  return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16)).join(':');
}

/** Null for what no name or address is made of: spaces, control characters, nothing. */
function nameText(bytes: Buffer): string | null {
  const text = bytes.toString('latin1');
  return /^[\x21-\x7e\x80-\xff]+$/.test(text) ? bytes.toString('utf8') : null;
}
