import type { AppError } from '../../shared/errors/app-error';
import type { ConnectAttempt } from '../connection/attempt';
import type { Transport } from '../connection/transport';
import { type Clock, systemClock } from '../system/clock';
import { logIn } from './log-in';
import { openWire } from './open-wire';
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
    const { route, over, log } = input;
    const { clock } = options;
    const [{ client, packets }, wire] = await unlessLost(over, async () => {
      const opened = await openWire(input, { clock, timeoutMs: options.connectTimeoutMs });
      return [await logIn(opened, input, { clock, stepTimeoutMs: options.stepTimeoutMs }), opened] as const;
    });
    return new Ssh2Transport(client, wire, packets, {
      clock,
      params: { host: route.host, port: route.port, ...input.errorParams },
      over,
      keepalive: {
        intervalMs: options.keepaliveIntervalMs,
        missedAllowed: options.keepaliveMissedAllowed,
        onMissed: (missed) =>
          log('keepalive-missed', { missed, allowed: options.keepaliveMissedAllowed }, 'warning'),
      },
    });
  };
}

/** When the jump host below is lost, that is why the attempt failed, whatever the attempt itself saw of it. */
async function unlessLost<T>(over: Transport | null, attempt: () => Promise<T>): Promise<T> {
  let loss: AppError | null = null;
  const stopListening = over?.onClosed((error) => {
    loss = error;
  });
  try {
    return await attempt();
  } catch (error) {
    throw loss ?? error;
  } finally {
    stopListening?.();
  }
}

/** One attempt over real SSH: TCP, key exchange with a verified host key, authentication. */
export const connectSsh: SshConnect = makeConnectSsh({});
