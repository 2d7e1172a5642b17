import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { EmrNodeWay, EmrPrimaryNode } from '../../../../shared/model/emr-primary-node';
import {
  emptyMachineDraft,
  type Machine,
  type MachineDraft,
  type MachineId,
} from '../../../../shared/model/machine';
import type { AwsSession } from '../../aws-session';
import type { ClusterPlace } from '../steps/step-service';
import type { EmrNodeStore } from './node-store';

export interface EmrNodeServiceDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly store: Pick<EmrNodeStore, 'machineOf' | 'keyPathOf' | 'bind'>;
  readonly machines: {
    find(machineId: MachineId): Machine | undefined;
    /** @throws machine-not-found, group-not-found, store-disk-full, store-write-failed */
    save(draft: MachineDraft): Machine;
  };
}

/** Primary nodes of EMR clusters as machines: one saved machine for each cluster that somebody connected to. */
export class EmrNodeService {
  constructor(private readonly deps: EmrNodeServiceDependencies) {}

  /** @throws why AWS was not heard */
  async node(of: ClusterPlace): Promise<EmrPrimaryNode> {
    const { Cluster, publicName, privateName } = await this.#look(of);
    const machineId = this.deps.store.machineOf(of);
    const keyPair = Cluster?.Ec2InstanceAttributes?.Ec2KeyName ?? '';
    return {
      publicName,
      privateName,
      keyPair,
      machineId: machineId !== null && this.deps.machines.find(machineId) ? machineId : null,
      keyPath: this.deps.store.keyPathOf(keyPair),
    };
  }

  /**
   * Makes the saved machine that leads to the cluster's primary node, or leads the one that there is by this way.
   * @throws store-disk-full, store-write-failed, or why AWS was not heard
   */
  async bind(of: ClusterPlace, way: EmrNodeWay): Promise<MachineId> {
    const { Cluster } = await this.#look(of);
    const bound = this.deps.store.machineOf(of);
    const known = bound === null ? undefined : this.deps.machines.find(bound);
    const { id } = this.deps.machines.save({
      ...(known ? draftOf(known) : { ...emptyMachineDraft, name: nameFor(Cluster?.Name ?? of.clusterId) }),
      route: {
        ...{ host: way.host, port: way.port, user: way.user, proxy: null },
        jumps: way.jumpId === null ? [] : [{ kind: 'machine', machineId: way.jumpId }],
      },
      identity: { kind: 'keyFile', path: way.keyPath },
    });
    const keyPair = Cluster?.Ec2InstanceAttributes?.Ec2KeyName ?? '';
    this.deps.store.bind(of, id, { keyPair, path: way.keyPath });
    return id;
  }

  async #look({ accountId, clusterId }: ClusterPlace) {
    const session = await this.deps.session(accountId);
    const { Cluster } = await session.call('emr.describeCluster', { ClusterId: clusterId });
    const hasFleets = Cluster?.InstanceCollectionType === 'INSTANCE_FLEET';
    const { Instances = [] } = await session.call('emr.listInstances', {
      ClusterId: clusterId,
      ...(hasFleets ? { InstanceFleetType: 'MASTER' } : { InstanceGroupTypes: ['MASTER'] }),
    });
    // Of three primaries the one that the cluster itself names.
    const named = Cluster?.MasterPublicDnsName ?? '';
    const isNamed = ({ PublicDnsName, PrivateDnsName }: (typeof Instances)[number]) =>
      named !== '' && (PublicDnsName === named || PrivateDnsName === named);
    const instance = Instances.find(isNamed) ?? Instances[0];
    const privateName = instance?.PrivateDnsName ?? '';
    return {
      Cluster,
      privateName,
      // In a private network the cluster's name is the private one.
      publicName: instance?.PublicDnsName || (named === privateName ? '' : named),
    };
  }
}

/** What the user can change of a machine. */
function draftOf({ isDemo: _, tunnels: __, isUnsaved: ___, ...draft }: Machine): MachineDraft {
  return draft;
}

const nameFor = (cluster: string): string => `EMR ${cluster}`.slice(0, 100);
