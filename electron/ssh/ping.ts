import type { Client } from 'ssh2';

/**
 * ssh2 pings only by its own keepalive, which says neither how long the answer took nor that one was missed.
 * These two members are what that keepalive uses; ssh2 is pinned, and the tests ping a real server.
 */
interface Ssh2Internals {
  readonly _callbacks: ((failure: boolean | Error) => void)[];
  readonly _protocol: { ping(): void };
}

/** Sends `keepalive@openssh.com` (a global request that every server must answer) and calls back on its answer. */
export function ping(client: Client, onAnswered: () => void): void {
  const { _callbacks: callbacks, _protocol: protocol } = client as unknown as Ssh2Internals;
  callbacks.push((failure) => {
    // A refusal is an answer too; an Error means that the connection has ended.
    if (!(failure instanceof Error)) onAnswered();
  });
  protocol.ping();
}
