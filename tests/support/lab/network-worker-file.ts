/** Name of the bundled network thread, beside the script that starts it. */
export const networkWorkerFile = 'network-worker.cjs';
