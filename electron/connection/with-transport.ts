import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/errors/app-error';
import type { MachineLink } from './machine-link';
import type { Transport } from './transport';

/**
 * Does `work` over the machine's transport, waiting for as long as the connection is away and on its way
 * back, and does it once more from the start whenever the connection is lost meanwhile: `work` must bear that.
 * @throws AppError when only the user can bring the connection back; what `work` throws; the reason of `signal`.
 */
export async function withTransport<Result>(
  link: MachineLink,
  work: (transport: Transport) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  for (;;) {
    const transport = await link.whenReady(signal);
    try {
      return await work(transport);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isConnectionLost(error)) throw error;
      await hasNoticedLoss(transport, signal);
    }
  }
}

export const isConnectionLost = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'connection-lost';

/** Waits until the transport that failed us is known to be closed, so that it is not handed out once more. */
async function hasNoticedLoss(transport: Transport, signal?: AbortSignal): Promise<void> {
  let forget: () => void = () => undefined;
  await new Promise<void>((resolve) => {
    forget = transport.onClosed(() => resolve());
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  forget();
  await setImmediate();
}
