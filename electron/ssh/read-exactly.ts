import type { Socket } from 'node:net';
import { ProxyRefusal } from './proxy-refusal';

/** The next `sizeBytes` bytes of a paused socket; what follows stays in it. @throws ProxyRefusal when it ends before */
export function readExactly(socket: Socket, sizeBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      socket.off('readable', onReadable);
      socket.off('end', onEnd);
      socket.off('close', onEnd);
      outcome();
    };
    const onEnd = () => settle(() => reject(new ProxyRefusal('proxy-cannot-reach')));
    const onReadable = () => {
      const bytes: Buffer | null = socket.read(sizeBytes);
      // At its end a stream gives what is left, however little.
      if (bytes?.length === sizeBytes) settle(() => resolve(bytes));
      else if (bytes !== null || socket.readableEnded) onEnd();
    };
    socket.on('readable', onReadable);
    socket.once('end', onEnd);
    socket.once('close', onEnd);
    onReadable();
  });
}
