import { AppError } from '../../../../shared/errors/app-error';
import type { EmrLogKind, EmrStepLog } from '../../../../shared/model/emr-step';
import type { Machine } from '../../../../shared/model/machine';
import { HeldConnections } from '../../../access/held-connections';
import type { Connections } from '../../../connection/machine-link';
import { withTransport } from '../../../connection/with-transport';
import { nodeLogPath, readNodeLog } from './read-node-log';
import { mostLogBytes } from './read-step-log';
import type { ClusterPlace } from './step-service';

interface StepLogsDependencies {
  /** @throws what AWS said against it */
  readonly fromS3: (of: ClusterPlace, stepId: string, kind: EmrLogKind) => Promise<EmrStepLog>;
  readonly connections: Connections;
  /** What leads to the cluster's primary node; undefined: nobody has connected to it. */
  readonly machineOf: (of: ClusterPlace) => Machine | undefined;
  /** On the node. */
  readonly folder: string;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
}

/** What steps wrote: from S3 where it lies there, else from the disk of the primary node. */
export class StepLogs {
  readonly #held: HeldConnections;

  constructor(private readonly deps: StepLogsDependencies) {
    this.#held = new HeldConnections(deps.connections);
  }

  /**
   * From S3; what is not there from the primary node, if its machine is connected.
   * @throws what AWS said against it, or why the machine could not be read
   */
  async read(of: ClusterPlace, stepId: string, kind: EmrLogKind): Promise<EmrStepLog> {
    const log = await this.deps.fromS3(of, stepId, kind);
    const machine = this.deps.machineOf(of);
    // What YARN runs writes on whichever node it runs on.
    if ((log.kind !== 'notKept' && log.kind !== 'notThere') || kind === 'driver' || !machine) return log;
    if (this.deps.connections.link(machine.id).state().kind !== 'ready') return { ...log, mayBeOnNode: true };
    const onNode = await this.#readOnNode(machine, stepId, kind);
    return onNode.kind === 'onNode' ? onNode : log;
  }

  /**
   * From the primary node, which is connected to if needed.
   * @throws machine-not-found when nobody has connected to it yet, or why it could not be read
   */
  async readOnNode(of: ClusterPlace, stepId: string, kind: EmrLogKind): Promise<EmrStepLog> {
    const machine = this.deps.machineOf(of);
    if (machine === undefined) throw new AppError('machine-not-found');
    return this.#readOnNode(machine, stepId, kind);
  }

  async #readOnNode({ id, name }: Machine, stepId: string, kind: EmrLogKind): Promise<EmrStepLog> {
    const { folder, random } = this.deps;
    const path = nodeLogPath(folder, stepId, kind);
    const end = await withTransport(this.#held.link(id), (transport) =>
      readNodeLog(transport, path, mostLogBytes, random),
    );
    return end === null
      ? { kind: 'notOnNode', machine: name, path }
      : { kind: 'onNode', machine: name, path, ...end };
  }
}
