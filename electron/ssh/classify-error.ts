import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode, ErrorParams } from '../../shared/errors/error-codes';
import { algorithmsFor } from './algorithms';
import { foreignGreeting } from './foreign-greeting';
import type { ServerHello, ServerOffer } from './server-hello';
import { WindowOverrun } from './window-guard';

/** How far an attempt got. */
export type Phase = 'identification' | 'handshake' | 'authentication';

/** What ssh2 and node put on their errors. */
interface RawError {
  readonly level?: string;
  readonly code?: string | number;
  /** Reason of a refused channel (RFC 4254, 5.1). */
  readonly reason?: number | string;
  readonly message?: string;
}

const codeOfSocketError: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_FAIL: 'host-not-found',
  EAI_NODATA: 'host-not-found',
  EAI_NONAME: 'host-not-found',
  ENODATA: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connection-timed-out',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
};

/** Names an error of opening a TCP connection. Several addresses were tried: what a server said wins over silence. */
export function classifySocketError(error: unknown, params: ErrorParams): AppError {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  const codes = errors.map(
    (each) => codeOfSocketError[String((each as RawError).code)] ?? 'network-unreachable',
  );
  const order: readonly ErrorCode[] = ['connection-refused', 'connection-lost', 'connection-timed-out'];
  const code = order.find((candidate) => codes.includes(candidate)) ?? codes[0] ?? 'network-unreachable';
  const reason = String((errors[0] as RawError | undefined)?.code ?? '');
  return new AppError(code, { ...params, reason }, { cause: error });
}

/** Names an error of an attempt that has a wire, unless the wire has named it; `error` is null when the server just hung up. */
export function classifyAttemptError(
  error: unknown,
  facts: {
    readonly phase: Phase;
    readonly hello: ServerHello;
    readonly params: ErrorParams;
    readonly refused: AppError;
    readonly allowsOld: boolean;
  },
): AppError {
  if (error instanceof AppError) return error;
  const { phase, hello, params, refused, allowsOld } = facts;
  const { level, code, message } = (error ?? {}) as RawError;
  const details = message === undefined ? [] : [message];
  const options = { cause: error, details };
  if (hello.version === null && hello.firstLine !== null && level !== 'client-socket') {
    return new AppError(
      'not-an-ssh-server',
      { ...params, greeting: foreignGreeting(hello.firstLine) },
      { cause: error, details: [printable(hello.firstLine)] },
    );
  }
  // A DISCONNECT message: while logging in it means "too many tries" and the like.
  if (typeof code === 'number' && level === undefined) {
    return phase === 'authentication'
      ? new AppError(refused.code, { ...refused.params, disconnectReason: code }, options)
      : new AppError('handshake-failed', { ...params, disconnectReason: code }, options);
  }
  const saidNothing = hello.version === null && hello.firstLine === null;
  if (level === 'client-socket' || error === null || saidNothing)
    return new AppError('connection-lost', params, options);
  if (phase !== 'authentication') {
    const missing = hello.offer === null ? null : firstWithoutCommon(hello.offer, allowsOld);
    if (missing !== null) {
      const isOldOnly = !allowsOld && hello.offer !== null && firstWithoutCommon(hello.offer, true) === null;
      const code = isOldOnly ? 'only-old-algorithms' : 'no-common-algorithm';
      return new AppError(code, { ...params, ...missing }, options);
    }
  }
  return new AppError('handshake-failed', params, options);
}

/** Names an error that ended a transport which was ready. */
export function classifyLoss(error: unknown, params: ErrorParams): AppError {
  if (error instanceof AppError) return error;
  const message = (error as RawError | null)?.message;
  const reason = error instanceof WindowOverrun ? { reason: 'overrun' } : {};
  return new AppError(
    'connection-lost',
    { ...params, ...reason },
    {
      cause: error,
      details: message === undefined ? [] : [message],
    },
  );
}

const administrativelyProhibited = 1;

/** Names the refusal to open a channel. An error without a reason is the transport's end. */
export function classifyChannelError(error: unknown, params: ErrorParams): AppError {
  const { reason, message } = error as RawError;
  const options = { cause: error, details: message === undefined ? [] : [message] };
  if (reason === undefined) return new AppError('connection-lost', params, options);
  return new AppError(
    reason === administrativelyProhibited ? 'forwarding-refused' : 'channel-refused',
    params,
    options,
  );
}

/** The first kind of algorithm of which server and Nuvem have none in common, with what each offers. */
function firstWithoutCommon(
  offer: ServerOffer,
  allowsOld: boolean,
): { kind: string; offered: string; ours: string } | null {
  const { kex, serverHostKey, cipher, hmac } = algorithmsFor([], allowsOld);
  const pairs = [
    { kind: 'kex', ours: kex, offered: offer.kex },
    { kind: 'hostKey', ours: serverHostKey, offered: offer.serverHostKey },
    { kind: 'cipher', ours: cipher, offered: offer.cipher },
    { kind: 'mac', ours: hmac, offered: offer.mac },
  ];
  const missing = pairs.find(
    ({ ours, offered }) => !(ours as readonly string[]).some((name) => offered.includes(name)),
  );
  if (missing === undefined) return null;
  const { kind, offered, ours } = missing;
  return { kind, offered: offered.join(', '), ours: ours.join(', ') };
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
