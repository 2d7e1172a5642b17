import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SocketCarrier } from '../connection/transport';

/**
 * Copies both ways with back-pressure. An end passes on alone, so that the other direction goes on; when one
 * side breaks off, the other one is broken off too, never ended as if all had arrived.
 */
export function join(one: Duplex, other: Duplex): void {
  follow(one, other);
  follow(other, one);
  if (one instanceof Socket && isCarrier(other)) {
    other.carry(one);
    return;
  }
  one.pipe(other);
  other.pipe(one);
}

const isCarrier = (stream: Duplex | SocketCarrier): stream is SocketCarrier => 'carry' in stream;

/** Ends a stream so that its other side can't take it for a proper end: a TCP connection by a reset. */
export function breakOff(stream: Duplex): void {
  if (stream.destroyed) return;
  // A unix socket can't be reset, and says so by an error.
  if (stream instanceof Socket && stream.remoteAddress !== undefined) stream.resetAndDestroy();
  else stream.destroy();
}

function follow(from: Duplex, to: Duplex): void {
  from.on('error', () => from.destroy());
  from.on('close', () => {
    const hasDeliveredAll = from.readableEnded && !from.errored;
    if (!hasDeliveredAll) breakOff(to);
    else if (to.writableFinished) to.destroy();
    else to.once('finish', () => to.destroy());
  });
}
