import type { Client, ClientChannel } from 'ssh2';

/**
 * What Nuvem needs of ssh2 and its public interface does not give. ssh2 is pinned to an exact version; each use is
 * covered by a test against a real server.
 */
interface Ssh2Internals {
  readonly _callbacks: ((failure: boolean | Error) => void)[];
  readonly _protocol: {
    ping(): void;
    signal(channelId: number, name: string): void;
    readonly _handlers: {
      USERAUTH_FAILURE: (protocol: unknown, methods: readonly string[], isPartialSuccess: boolean) => void;
    };
  };
}

const internalsOf = (client: Client) => client as unknown as Ssh2Internals;

/**
 * Sends `keepalive@openssh.com` (a global request that every server must answer) and calls back on its answer.
 * ssh2's own keepalive says neither how long the answer took nor that one was missed.
 */
export function ping(client: Client, onAnswered: () => void): void {
  const { _callbacks: callbacks, _protocol: protocol } = internalsOf(client);
  callbacks.push((failure) => {
    // A refusal is an answer too; an Error means that the connection has ended.
    if (!(failure instanceof Error)) onAnswered();
  });
  protocol.ping();
}

/**
 * Calls back with each refusal or partial success (RFC 4252, 5.1) before ssh2 acts on it: ssh2 does not tell its
 * `authHandler` what the server answered to a key of an agent. Call it after `client.connect`.
 */
export function onAuthAnswer(
  client: Client,
  listener: (methods: readonly string[], isPartialSuccess: boolean) => void,
): void {
  const handlers = internalsOf(client)._protocol._handlers;
  const original = handlers.USERAUTH_FAILURE;
  handlers.USERAUTH_FAILURE = (protocol, methods, isPartialSuccess) => {
    listener(methods, isPartialSuccess);
    original(protocol, methods, isPartialSuccess);
  };
}

/**
 * Ends a remote command by SIGKILL (RFC 4254, 6.9), as far as the server forwards signals. ssh2 sends none once
 * the command's standard input is closed.
 */
export function killCommand(client: Client, channel: ClientChannel): void {
  const { outgoing } = channel as unknown as {
    readonly outgoing: { readonly id: number; readonly state: string };
  };
  if (outgoing.state === 'open' || outgoing.state === 'eof')
    internalsOf(client)._protocol.signal(outgoing.id, 'KILL');
}
