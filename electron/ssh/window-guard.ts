import type { Client } from 'ssh2';

/** As ssh2 keeps a channel's receive window (RFC 4254, 5.2). */
interface ReceivingChannel {
  readonly incoming?: { readonly window: number };
}

interface WindowInternals {
  readonly _chanMgr: { get(id: number): ReceivingChannel | ((...args: never) => void) | undefined };
  readonly _protocol: {
    readonly _handlers: Record<
      DataMessage,
      (protocol: unknown, id: number, data: Buffer, type?: number) => void
    >;
  };
}

type DataMessage = 'CHANNEL_DATA' | 'CHANNEL_EXTENDED_DATA';

/** What OpenSSH puts up with, too: a tenth of its window of 2 MiB. */
const toleratedBytes = 200 * 1024;

/**
 * Calls back once a server has sent more on a channel than its window allows. ssh2 would keep all of it in memory
 * (its issue 1505), so that such a server could fill this computer's; OpenSSH disconnects as well. Data beyond the
 * tolerance is not passed on: end the connection then. Call it on a client that is logged in.
 */
export function guardWindows(client: Client, onOverrun: (bytes: number) => void): void {
  const { _chanMgr: channels, _protocol: protocol } = client as unknown as WindowInternals;
  const handlers = protocol._handlers;
  const exceeded = new WeakMap<object, number>();
  for (const message of ['CHANNEL_DATA', 'CHANNEL_EXTENDED_DATA'] as const) {
    const original = handlers[message];
    handlers[message] = (peer, id, data, type) => {
      const channel = channels.get(id);
      if (typeof channel === 'object' && channel.incoming !== undefined) {
        const { window } = channel.incoming;
        const excess = data.length - Math.max(0, window);
        if (excess > 0) {
          const total = (exceeded.get(channel) ?? 0) + excess;
          exceeded.set(channel, total);
          // With nothing left of the window ssh2 would drop the data without a word.
          if (window === 0 || total > toleratedBytes) return onOverrun(total);
        }
      }
      original(peer, id, data, type);
    };
  }
}
