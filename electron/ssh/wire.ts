import type { Duplex } from 'node:stream';

/** What SSH runs over: a TCP socket, or a channel of the connection to a jump host. */
export interface Wire extends Duplex {
  /** Grows with all that came from the peer. */
  readonly bytesRead: number;
}
