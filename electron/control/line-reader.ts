import type { Socket } from 'node:net';
import { longestLineBytes } from './protocol';

/** Hands over each whole line of UTF-8 that comes in; destroys the socket when one is too long. */
export function onLine(socket: Socket, listener: (line: string) => void): void {
  let kept = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    kept += text;
    const lines = kept.split('\n');
    kept = lines.pop() ?? '';
    if (kept.length > longestLineBytes) socket.destroy();
    for (const line of lines) if (!socket.destroyed) listener(line);
  });
}

/** A JSON value as one line. */
export function asLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
