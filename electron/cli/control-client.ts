import { connect } from 'node:net';
import { type ControlAddress, readControlAddress } from '../control/address-file';
import { asLine, onLine } from '../control/line-reader';
import { type ControlCommand, ControlReply } from '../control/protocol';

/** `notRunning`: nobody listens there. `refused`: it hung up without an answer. `timedOut`: see `signal`. */
export type ControlOutcome = ControlReply | { readonly kind: 'notRunning' | 'refused' | 'timedOut' };

/** Asks the running app whose data lies in `folder`, and resolves with its last reply; `onAsks` gets those before. */
export async function askApp(
  folder: string,
  command: ControlCommand,
  onAsks: (reply: Extract<ControlReply, { kind: 'asks' }>) => void,
  signal: AbortSignal,
): Promise<ControlOutcome> {
  const address = await readControlAddress(folder);
  return address === null ? { kind: 'notRunning' } : askAt(address, command, onAsks, signal);
}

function askAt(
  { path, token }: ControlAddress,
  command: ControlCommand,
  onAsks: (reply: Extract<ControlReply, { kind: 'asks' }>) => void,
  signal: AbortSignal,
): Promise<ControlOutcome> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let isOpen = false;
    const giveUp = (): void => end({ kind: 'timedOut' });
    const end = (outcome: ControlOutcome): void => {
      signal.removeEventListener('abort', giveUp);
      resolve(outcome);
      socket.destroy();
    };
    signal.addEventListener('abort', giveUp);
    socket.once('connect', () => {
      isOpen = true;
      socket.write(asLine({ token, command }));
    });
    socket.once('error', () => end({ kind: isOpen ? 'refused' : 'notRunning' }));
    socket.once('close', () => end({ kind: 'refused' }));
    onLine(socket, (line) => {
      const reply = ControlReply.parse(JSON.parse(line));
      if (reply.kind === 'asks') onAsks(reply);
      else end(reply);
    });
    if (signal.aborted) giveUp();
  });
}
