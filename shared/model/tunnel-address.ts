import type { Forward } from './tunnel';
import { endText } from './tunnel';

/** What programs on the listening side are told, e.g. `127.0.0.1:8080`; an address for all stands for loopback there. */
export function clientAddress({ listen }: Forward): string {
  if (listen.kind === 'unixSocket') return listen.path;
  const isAny = listen.address === '0.0.0.0' || /^[0:]+$/.test(listen.address);
  return endText({ ...listen, address: isAny ? '127.0.0.1' : listen.address });
}

/** Where a browser of this computer finds the far side; null when it can't. */
export function browserAddress(forward: Forward): string | null {
  if (forward.kind !== 'local' || forward.listen.kind !== 'tcp') return null;
  return `http://${clientAddress(forward)}/`;
}
