import { isIP, type Socket } from 'node:net';
import { ProxyRefusal } from './proxy-refusal';
import { readExactly } from './read-exactly';
import type { ProxyTarget, ProxyUser } from './socks5';

const largestHeadBytes = 16 * 1024;

/**
 * Asks an HTTP proxy to connect `socket` to the target (RFC 9110, 9.3.6), with Basic credentials (RFC 7617) if
 * there is a user. Nothing behind the proxy's answer is read.
 * @throws ProxyRefusal
 */
export async function connectHttp(socket: Socket, target: ProxyTarget, account: ProxyUser): Promise<void> {
  const host = isIP(target.host) === 6 ? `[${target.host}]` : target.host;
  const authority = `${host}:${target.port}`;
  const credentials = Buffer.from(`${account.user}:${account.password}`).toString('base64');
  const authorization = account.user === '' ? [] : [`Proxy-Authorization: Basic ${credentials}`];
  socket.write(
    [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, ...authorization, '', ''].join('\r\n'),
  );
  const [statusLine = ''] = (await readHead(socket)).split('\r\n');
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new ProxyRefusal('proxy-not-understood');
  if (status >= 200 && status < 300) return;
  throw new ProxyRefusal(codeOf(status, account), [statusLine]);
}

function codeOf(status: number, account: ProxyUser): ProxyRefusal['code'] {
  if (status === 407) return account.user === '' ? 'proxy-sign-in-needed' : 'proxy-sign-in-refused';
  return status === 403 || status === 405 ? 'proxy-forbids' : 'proxy-cannot-reach';
}

/** Byte by byte: what comes behind the empty line belongs to the machine. */
async function readHead(socket: Socket): Promise<string> {
  let head = '';
  while (!head.endsWith('\r\n\r\n')) {
    if (head.length >= largestHeadBytes) throw new ProxyRefusal('proxy-not-understood');
    head += (await readExactly(socket, 1)).toString('latin1');
    if (!'HTTP/'.startsWith(head.slice(0, 5))) throw new ProxyRefusal('proxy-not-understood');
  }
  return head;
}
