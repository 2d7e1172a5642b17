import type { ConnectAttempt } from '../connection/attempt';
import { type Clock, systemClock } from '../system/clock';
import { logIn } from './log-in';
import { openSocket } from './open-socket';
import { Ssh2Transport } from './ssh2-transport';

export interface SshOptions {
  readonly clock: Clock;
  /** Limit of name lookup and TCP connection together. */
  readonly connectTimeoutMs: number;
  /** Limit of the key exchange, and of each step of authentication; waiting for the user not counted. */
  readonly stepTimeoutMs: number;
  readonly keepaliveIntervalMs: number;
  readonly keepaliveMissedAllowed: number;
}

export type SshConnect = ConnectAttempt;

const defaultOptions: SshOptions = {
  clock: systemClock,
  connectTimeoutMs: 20_000,
  stepTimeoutMs: 20_000,
  keepaliveIntervalMs: 5000,
  keepaliveMissedAllowed: 3,
};

/** `connectSsh` with other time limits or another clock. */
export function makeConnectSsh(overrides: Partial<SshOptions>): SshConnect {
  const options = { ...defaultOptions, ...overrides };
  return async (input) => {
    const { route, log, signal } = input;
    const { clock } = options;
    const socket = await openSocket({ route, log, signal, clock, timeoutMs: options.connectTimeoutMs });
    const client = await logIn(socket, input, { clock, stepTimeoutMs: options.stepTimeoutMs });
    return new Ssh2Transport(client, socket, {
      clock,
      params: { host: route.host, port: route.port },
      keepalive: {
        intervalMs: options.keepaliveIntervalMs,
        missedAllowed: options.keepaliveMissedAllowed,
        onMissed: (missed) =>
          log('keepalive-missed', { missed, allowed: options.keepaliveMissedAllowed }, 'warning'),
      },
    });
  };
}

/** One attempt over real SSH: TCP, key exchange with a verified host key, authentication. */
export const connectSsh: SshConnect = makeConnectSsh({});
