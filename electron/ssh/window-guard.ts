import type { Client } from 'ssh2';
import { channelHandlersOf, windowsOfNumber } from './packet-internals';

/** What OpenSSH puts up with on a channel, too: a tenth of its window of 2 MiB. */
export const toleratedBytes = 200 * 1024;

/**
 * A server has sent more on a channel than its window allows (RFC 4254, 5.2), and than is tolerated. ssh2 would keep
 * all of it in memory (its issue 1505), so that such a server could fill this computer's; OpenSSH disconnects as well.
 */
export class WindowOverrun extends Error {
  override readonly name = 'WindowOverrun';

  constructor(bytes: number) {
    super(`The server sent ${bytes} bytes more than a channel's window allows (RFC 4254, 5.2).`);
  }
}

/**
 * Holds servers to the windows of those channels whose data ssh2 takes itself. Call it after `client.connect`; the
 * handlers that were set before throw WindowOverrun from now on.
 */
export function guardWindows(client: Client): void {
  const handlers = channelHandlersOf(client);
  const exceeded = new WeakMap<object, number>();
  for (const message of ['CHANNEL_DATA', 'CHANNEL_EXTENDED_DATA'] as const) {
    const original = handlers[message];
    handlers[message] = (protocol, recipient, data, type) => {
      const channel = windowsOfNumber(client, recipient);
      if (channel !== null) {
        const { window } = channel.incoming;
        const excess = data.length - Math.max(0, window);
        if (excess > 0) {
          const total = (exceeded.get(channel) ?? 0) + excess;
          exceeded.set(channel, total);
          // With nothing left of the window ssh2 would drop the data without a word.
          if (window === 0 || total > toleratedBytes) throw new WindowOverrun(total);
        }
      }
      original(protocol, recipient, data, type);
    };
  }
}
