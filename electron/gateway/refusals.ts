import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { gatewayHeader } from './gateway-pages';

const challenge = 'Basic realm="Nuvem", charset="UTF-8"';
/** How long a refused client may take to read why. */
const lingerMs = 2_000;

/** Answers with a number and nothing else. */
export function refuse(answer: ServerResponse, status: number): void {
  answer.writeHead(status, { 'Content-Length': 0, [gatewayHeader]: 'failed' });
  answer.end();
}

/** What everybody gets who does not bring the credentials; it tells nothing about what is behind. */
export function refuseStranger(answer: ServerResponse): void {
  answer.sendDate = false;
  answer.writeHead(407, { 'Proxy-Authenticate': challenge, 'Content-Length': 0, Connection: 'close' });
  answer.end();
}

/** `refuse` on a socket that no HTTP parser serves any more. */
export function refuseSocket(socket: Duplex, status: number): void {
  endWith(socket, head(status, ''));
}

/** `refuseStranger` on a socket that no HTTP parser serves any more. */
export function refuseStrangerSocket(socket: Duplex): void {
  endWith(socket, head(407, `Proxy-Authenticate: ${challenge}\r\n`));
}

const head = (status: number, fields: string): string =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields}Content-Length: 0\r\nConnection: close\r\n\r\n`;

function endWith(socket: Duplex, answer: string): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.end(answer);
}
