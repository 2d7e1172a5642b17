import { contextBridge, ipcRenderer } from 'electron';
import { channelOf } from '../shared/contract/define-contract';
import { fromArguments } from './ipc/bridge-shape';

/** Exposes one function per contract entry as `window.nuvem.<group>.<name>`: see `BridgeOf`. */
const bridge = Object.fromEntries(
  Object.entries(fromArguments(process.argv)).map(([group, entries]) => [
    group,
    Object.fromEntries(
      Object.entries(entries).map(([name, kind]) => {
        const channel = channelOf(group, name);
        return [name, kind === 'request' ? requester(channel) : subscriber(channel)];
      }),
    ),
  ]),
);

contextBridge.exposeInMainWorld('nuvem', bridge);

function requester(channel: string): (input?: unknown) => Promise<unknown> {
  return (input) => ipcRenderer.invoke(channel, input);
}

function subscriber(channel: string): (listener: (payload: unknown) => void) => () => void {
  return (listener) => {
    const receive = (_event: unknown, payload: unknown): void => listener(payload);
    ipcRenderer.on(channel, receive);
    return () => {
      ipcRenderer.removeListener(channel, receive);
    };
  };
}
