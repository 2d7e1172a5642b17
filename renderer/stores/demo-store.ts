import type { DemoSnapshot } from '../../shared/model/demo';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** How far the demo machine is. */
export const demoStore = createSnapshotStore<DemoSnapshot>({ revision: -1, state: { kind: 'absent' } });

/** Starts feeding the store. @throws AppError when the state can't be had */
export const followDemo = (): Promise<void> => follow(nuvem.demo.changed, nuvem.demo.get, demoStore.accept);
