import { parentPort } from 'node:worker_threads';
import { findOwnerOfPort } from './composition/port-owner';
import { createTexts } from './desktop/texts';
import type { Message } from './network/peer';
import { serveNetwork } from './network/thread/serve-network';
import { reportThrown } from './network/thrown';
import { connectSsh } from './ssh/ssh-transport';
import { systemClock } from './system/clock';
import { makeTunnelEnds } from './tunnel/tunnel-end';

/*
 * The thread that has all sockets, started by the main process (`electron/network`): an event of a socket wakes it
 * up sooner than Electron's main loop, and work for the user's bytes never delays the app.
 */
const port = parentPort;
if (port === null) throw new Error('This is the script of a worker thread');

const owner = serveNetwork({
  post: (message, moved) => port.postMessage(message, moved),
  connectAttempt: connectSsh,
  makeTunnelEnd: makeTunnelEnds({ clock: systemClock, findPortOwner: findOwnerOfPort }),
  makeTexts: createTexts,
});
port.on('message', (message: Message) => owner.receive(message));

// One client's fault must not end what all others use; the owner tells the user.
const report = (place: string) => (thrown: unknown) =>
  owner.tell('fault', { place, error: reportThrown(thrown) });
process.on('uncaughtException', report('uncaught exception'));
process.on('unhandledRejection', report('unhandled rejection'));
