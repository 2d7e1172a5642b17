type Signal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

/** What is used of Node's `process`. */
export interface SignalledProcess {
  removeAllListeners(signal: Signal): unknown;
  on(signal: Signal, listener: () => void): unknown;
}

/**
 * From now on the app quits in order when the system or a terminal asks it to end (signal(7)). Libraries that listen
 * for the same, as electron-store's does to tidy up, would end the process before anything is put away.
 */
export function quitOnSignals(process: SignalledProcess, quit: () => void): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, quit);
  }
}
