import type { Socket } from 'node:net';
import { AppError } from '../../shared/errors/app-error';
import type { TunnelListen } from '../../shared/model/tunnel';
import type { Clock } from '../system/clock';
import type { Clients } from './clients';
import { breakOff } from './join';
import { type Listener, openListener } from './listener';
import {
  readSocks5Request,
  readSocksGreeting,
  type SocksOutcome,
  type SocksRequest,
  type SocksStep,
  socks5Method,
  socksReply,
} from './socks';
import type { Traffic } from './traffic';

/** A client that has not said by then where it wants to go is sent away. */
const requestWithinMs = 30_000;

interface DynamicDependencies {
  readonly clients: Clients;
  readonly traffic: Traffic;
  readonly clock: Clock;
  readonly onBroken: (error: Error) => void;
}

/** `ssh -D`: a SOCKS5 and SOCKS4a proxy; every client says where on the far side it wants to go. */
export function openDynamicForward(
  { listen }: { readonly listen: TunnelListen },
  deps: DynamicDependencies,
): Promise<Listener> {
  return openListener(listen, (socket) => void serve(socket, deps), deps.onBroken);
}

async function serve(socket: Socket, deps: DynamicDependencies): Promise<void> {
  const { clients, traffic } = deps;
  if (!clients.adopt(socket)) return;
  const cancelTimer = deps.clock.after(requestWithinMs, () => breakOff(socket));
  const asked = await readRequest(socket);
  cancelTimer();
  if (asked === 'gone') return;
  if (asked === 'invalid') {
    traffic.came();
    traffic.failed(new AppError('socks-request-invalid').toReport());
    return;
  }
  const { request, readBytes, writtenBytes } = asked;
  const { version, host, port } = request;
  const granted = socksReply(version, 'granted');
  const error = await clients.lead(socket, { kind: 'tcp', host, port }, () => {
    socket.write(granted);
    return { readBytes, writtenBytes: writtenBytes + granted.length };
  });
  if (error !== null && !socket.destroyed) {
    socket.end(socksReply(version, outcomeOf(error)));
    socket.resume();
  }
}

interface Asked {
  readonly request: SocksRequest;
  /** Of the talk so far. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** Reads the client's request and leaves what comes behind it in the socket. */
function readRequest(socket: Socket): Promise<Asked | 'gone' | 'invalid'> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    let readBytes = 0;
    let writtenBytes = 0;
    let read: (bytes: Buffer) => SocksStep = readSocksGreeting;
    const send = (reply: Buffer): void => {
      writtenBytes += reply.length;
      socket.write(reply);
    };
    const settle = (asked: Asked | 'gone' | 'invalid'): void => {
      socket.off('readable', onReadable);
      socket.off('end', onGone);
      socket.off('close', onGone);
      resolve(asked);
    };
    const onGone = (): void => {
      socket.destroy();
      settle('gone');
    };
    const hangUp = (reply: Buffer): void => {
      settle('invalid');
      socket.end(reply);
      // Reads on, or the client's end would never be seen.
      socket.resume();
    };
    /** True: there is more to be made of the bytes. */
    const take = (step: SocksStep): boolean => {
      switch (step.kind) {
        case 'incomplete':
          return false;
        case 'methods':
          if (!step.isWilling) {
            hangUp(socks5Method(false));
            return false;
          }
          send(socks5Method(true));
          bytes = bytes.subarray(step.usedBytes);
          readBytes += step.usedBytes;
          read = readSocks5Request;
          return true;
        case 'request':
          if (bytes.length > step.usedBytes) socket.unshift(bytes.subarray(step.usedBytes));
          settle({ request: step.request, readBytes: readBytes + step.usedBytes, writtenBytes });
          return false;
        case 'invalid':
          hangUp(step.reply);
          return false;
      }
    };
    const onReadable = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      bytes = Buffer.concat([bytes, chunk]);
      while (take(read(bytes)));
    };
    socket.on('readable', onReadable);
    socket.on('end', onGone);
    socket.on('close', onGone);
  });
}

function outcomeOf(error: AppError): SocksOutcome {
  switch (error.code) {
    case 'tunnel-target-unreachable':
      return 'unreachable';
    case 'tunnel-forbidden':
      return 'refused';
    default:
      return 'failed';
  }
}
