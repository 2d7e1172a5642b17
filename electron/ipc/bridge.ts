import { channelOf } from '../../shared/contract/define-contract';
import type { BridgeShape } from './bridge-shape';

/** What is used of Electron's `ipcRenderer`. */
export interface RendererIpc {
  invoke(channel: string, input: unknown): Promise<unknown>;
  on(channel: string, receive: Receive): unknown;
  removeListener(channel: string, receive: Receive): unknown;
}
type Receive = (event: unknown, payload: unknown) => void;
type Requester = (input?: unknown) => Promise<unknown>;
type Subscriber = (listener: (payload: unknown) => void) => () => void;

/** Answered, with nothing, once the requests of the contract have handlers: the window is there before they are. */
export const answeringChannel = 'answering';

/**
 * One function per entry of the contract and no other way to the main process: what `BridgeOf` describes. Requests
 * wait until they are answered, and keep their order.
 */
export function createBridge(
  shape: BridgeShape,
  ipc: RendererIpc,
): Record<string, Record<string, Requester | Subscriber>> {
  const answering = ipc.invoke(answeringChannel, undefined);
  return Object.fromEntries(
    Object.entries(shape).map(([group, entries]) => [
      group,
      Object.fromEntries(
        Object.entries(entries).map(([name, kind]) => {
          const channel = channelOf(group, name);
          return [name, kind === 'request' ? requester(ipc, answering, channel) : subscriber(ipc, channel)];
        }),
      ),
    ]),
  );
}

function requester(ipc: RendererIpc, answering: Promise<unknown>, channel: string): Requester {
  return (input) => answering.then(() => ipc.invoke(channel, input));
}

function subscriber(ipc: RendererIpc, channel: string): Subscriber {
  return (listener) => {
    const receive: Receive = (_event, payload) => listener(payload);
    ipc.on(channel, receive);
    return () => {
      ipc.removeListener(channel, receive);
    };
  };
}
