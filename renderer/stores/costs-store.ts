import { type CostsSnapshot, noCosts } from '../../shared/model/costs';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** What runs at AWS and what it costs, as far as Nuvem knows. */
export const costsStore = createSnapshotStore<CostsSnapshot>(noCosts);

/** Starts feeding the store. @throws AppError when it can't be had */
export const followCosts = (): Promise<void> =>
  follow(nuvem.costs.changed, nuvem.costs.get, costsStore.accept);
