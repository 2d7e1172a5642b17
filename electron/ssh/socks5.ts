import { isIP, type Socket } from 'node:net';
import { ProxyRefusal } from './proxy-refusal';
import { readExactly } from './read-exactly';

export interface ProxyTarget {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Empty `user`: the proxy wants no sign-in. */
export interface ProxyUser {
  readonly user: string;
  readonly password: string;
}

const version = 5;
const noSignIn = 0;
const userAndPassword = 2;
const domainName = 3;

/** Replies of RFC 1928, 6, by number. */
const replies = [
  'succeeded',
  'general SOCKS server failure',
  'connection not allowed by ruleset',
  'Network unreachable',
  'Host unreachable',
  'Connection refused',
  'TTL expired',
  'Command not supported',
  'Address type not supported',
];
const notAllowed = 2;

/**
 * Asks a SOCKS 5 proxy (RFC 1928) to connect `socket` to the target, whose name the proxy resolves; signs in with
 * user and password (RFC 1929) if there is a user. Nothing behind the proxy's answer is read.
 * @throws ProxyRefusal
 */
export async function connectSocks5(socket: Socket, target: ProxyTarget, account: ProxyUser): Promise<void> {
  const methods = account.user === '' ? [noSignIn] : [noSignIn, userAndPassword];
  socket.write(Buffer.from([version, methods.length, ...methods]));
  const [answeredVersion, method] = await readExactly(socket, 2);
  if (answeredVersion !== version) throw new ProxyRefusal('proxy-not-understood');
  if (method === userAndPassword && account.user !== '') await signIn(socket, account);
  else if (method !== noSignIn) throw new ProxyRefusal('proxy-sign-in-needed');

  const connect = 1;
  const port = Buffer.alloc(2);
  port.writeUInt16BE(target.port);
  socket.write(Buffer.concat([Buffer.from([version, connect, 0]), addressOf(target.host), port]));
  const [replyVersion, reply = 1, , addressType] = await readExactly(socket, 4);
  if (replyVersion !== version) throw new ProxyRefusal('proxy-not-understood');
  if (reply !== 0) {
    const said = [replies[reply] ?? `SOCKS reply ${reply}`];
    throw new ProxyRefusal(reply === notAllowed ? 'proxy-forbids' : 'proxy-cannot-reach', said);
  }
  const boundAddressBytes =
    addressType === domainName ? ((await readExactly(socket, 1))[0] ?? 0) : addressType === 4 ? 16 : 4;
  await readExactly(socket, boundAddressBytes + port.length);
}

async function signIn(socket: Socket, { user, password }: ProxyUser): Promise<void> {
  const subnegotiationVersion = 1;
  const fields = [user, password].map((text) => Buffer.from(text).subarray(0, 255));
  socket.write(
    Buffer.concat([
      Buffer.from([subnegotiationVersion]),
      ...fields.flatMap((field) => [Buffer.from([field.length]), field]),
    ]),
  );
  const [, status] = await readExactly(socket, 2);
  if (status !== 0) throw new ProxyRefusal('proxy-sign-in-refused');
}

/** Address type and address (RFC 1928, 5). IPv6 goes as text, which proxies resolve as well. */
function addressOf(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split('.').map(Number)]);
  const name = Buffer.from(host);
  return Buffer.concat([Buffer.from([domainName, name.length]), name]);
}
