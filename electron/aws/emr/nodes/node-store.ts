import { z } from 'zod';
import { AwsAccountId } from '../../../../shared/model/aws-account';
import { EmrClusterId } from '../../../../shared/model/emr-cluster';
import { MachineId } from '../../../../shared/model/machine';
import type { RecoverableStore } from '../../../system/recoverable-store';

const Bound = z.strictObject({ accountId: AwsAccountId, clusterId: EmrClusterId, machineId: MachineId });
/** Where the private key of an EC2 key pair lies on this computer; the key itself is never read here. */
const KeyFile = z.strictObject({ keyPair: z.string(), path: z.string() });

export const EmrNodesData = z.strictObject({
  bound: z.array(Bound).readonly(),
  keyFiles: z.array(KeyFile).readonly(),
});
export type EmrNodesData = Readonly<z.infer<typeof EmrNodesData>>;

export const emrNodesVersion = 1;
export const noEmrNodes: EmrNodesData = { bound: [], keyFiles: [] };

type Cluster = Pick<z.infer<typeof Bound>, 'accountId' | 'clusterId'>;

/** Which saved machine is the primary node of which cluster, and where the keys of key pairs lie. */
export class EmrNodeStore {
  constructor(
    private readonly deps: { readonly store: Pick<RecoverableStore<EmrNodesData>, 'value' | 'replace'> },
  ) {}

  /** The machine that was bound to the cluster, which may be gone meanwhile; null: none was. */
  machineOf(cluster: Cluster): MachineId | null {
    return this.deps.store.value().bound.find(isOf(cluster))?.machineId ?? null;
  }

  /** The clusters that somebody connected to. */
  clusters(): readonly Cluster[] {
    return this.deps.store.value().bound.map(({ accountId, clusterId }) => ({ accountId, clusterId }));
  }

  /** Empty: the user has not named it. */
  keyPathOf(keyPair: string): string {
    return this.deps.store.value().keyFiles.find((file) => file.keyPair === keyPair)?.path ?? '';
  }

  /** @throws store-disk-full, store-write-failed */
  bind(cluster: Cluster, machineId: MachineId, key: z.infer<typeof KeyFile>): void {
    const { bound, keyFiles } = this.deps.store.value();
    const { accountId, clusterId } = cluster;
    this.deps.store.replace({
      bound: [...bound.filter((other) => !isOf(cluster)(other)), { accountId, clusterId, machineId }],
      keyFiles: [...keyFiles.filter(({ keyPair }) => keyPair !== key.keyPair), key],
    });
  }
}

const isOf =
  (cluster: Cluster) =>
  ({ accountId, clusterId }: Cluster): boolean =>
    accountId === cluster.accountId && clusterId === cluster.clusterId;
