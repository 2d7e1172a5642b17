import { type Ec2Snapshot, noEc2Instances } from '../../shared/model/ec2';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The instances of the account that the window shows. */
export const ec2Store = createSnapshotStore<Ec2Snapshot>(noEc2Instances);

/** Starts feeding the store. @throws AppError when the instances can't be had */
export async function followEc2(): Promise<void> {
  // The window before this one, if it was reloaded, may have looked.
  await nuvem.ec2.look({ accountId: null });
  await follow(nuvem.ec2.changed, nuvem.ec2.instances, ec2Store.accept);
}
