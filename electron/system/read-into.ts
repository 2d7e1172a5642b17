import type { Socket } from 'node:net';

interface InternalHandle {
  useUserBuffer?(memory: Uint8Array): void;
}

/**
 * Makes a connected socket read into `memory` from now on, as the option `onread` of `connect` does. Node has that
 * option for outgoing connections only; one that a server accepted is given the same state here, by the same names
 * that Node 20 to 24 use inside (lib/net.js, kBuffer). `onRead` returns false to pause; `resume` goes on.
 * False: this runtime does it differently, and nothing was changed.
 */
export function readInto(socket: Socket, memory: Uint8Array, onRead: (count: number) => boolean): boolean {
  const symbolOf = (name: string): symbol | undefined =>
    Object.getOwnPropertySymbols(socket).find(({ description }) => description === name);
  const [buffer, callback, generator] = ['kBuffer', 'kBufferCb', 'kBufferGen'].map(symbolOf);
  const handle = (socket as unknown as { readonly _handle: InternalHandle | null })._handle;
  const readsInto = handle?.useUserBuffer;
  if (buffer === undefined || callback === undefined || generator === undefined) return false;
  if (readsInto === undefined) return false;
  Object.assign(socket, { [buffer]: memory, [callback]: onRead, [generator]: null });
  readsInto.call(handle, memory);
  return true;
}
