import type { Instances } from '../../../electron/connection/instance-reach';
import { AppError } from '../../../shared/errors/app-error';

/** For connections to machines that are instances of nothing. */
export const noInstances: Instances = {
  find: ({ instanceId }) => Promise.reject(new AppError('instance-not-found', { instance: instanceId })),
  start: () => Promise.reject(new AppError('internal')),
  openSession: () => Promise.reject(new AppError('internal')),
  pushKey: () => Promise.reject(new AppError('internal')),
  printedKeys: () => Promise.resolve([]),
};
