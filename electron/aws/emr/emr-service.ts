import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { type EmrSnapshot, noEmrClusters } from '../../../shared/model/emr-cluster';
import { emrRequest } from '../../../shared/model/emr-request';
import type { EmrTemplate } from '../../../shared/model/emr-template';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { EmrWatch } from './emr-watch';
import { listInstances, templateOf } from './read-cluster';

export interface EmrServiceDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly clock: Clock;
  readonly onChanged: (snapshot: EmrSnapshot) => void;
  readonly onCreated?: (of: { readonly accountId: AwsAccountId; readonly clusterId: string }) => void;
}

/** The clusters of Amazon EMR: those of one account are watched while somebody looks at them. */
export class EmrService {
  #snapshot: EmrSnapshot = { ...noEmrClusters, revision: 0 };
  #watch: EmrWatch | null = null;

  constructor(private readonly deps: EmrServiceDependencies) {}

  snapshot(): EmrSnapshot {
    return this.#snapshot;
  }

  /** The account, and perhaps the cluster, that the user has before their eyes from now on; null: none. */
  look(accountId: AwsAccountId | null, clusterId: string | null): void {
    if (accountId !== this.#snapshot.accountId) {
      this.#watch?.stop();
      this.#watch = null;
      this.#enter({ ...noEmrClusters, accountId });
    }
    if (accountId === null) return;
    if (this.#watch === null) {
      const { clock, session } = this.deps;
      const watch = new EmrWatch({
        ...{ accountId, clock, session: () => session(accountId) },
        onChanged: (state) => {
          if (this.#watch === watch) this.#enter(state);
        },
      });
      this.#watch = watch;
      if (clusterId === null) watch.refresh();
    }
    this.#watch.show(clusterId);
  }

  /** Looks again at once. */
  refresh(): void {
    this.#watch?.refresh();
  }

  /** The new cluster's id. @throws what AWS said against it */
  async create(accountId: AwsAccountId, template: EmrTemplate): Promise<string> {
    const session = await this.deps.session(accountId);
    const { JobFlowId } = await session.call('emr.runJobFlow', emrRequest(template));
    this.refresh();
    if (JobFlowId === undefined) throw new AppError('aws-failed', { name: 'JobFlowId', status: 0, host: '' });
    this.deps.onCreated?.({ accountId, clusterId: JobFlowId });
    return JobFlowId;
  }

  /** The template that makes a cluster like this one. @throws emr-cluster-not-copied, or why AWS was not heard */
  async templateOf(accountId: AwsAccountId, clusterId: string): Promise<EmrTemplate> {
    const session = await this.deps.session(accountId);
    const of = { ClusterId: clusterId };
    const { Cluster } = await session.call('emr.describeCluster', of);
    if (Cluster === undefined) throw new AppError('emr-cluster-not-copied');
    const instances = await listInstances(session, Cluster);
    const { BootstrapActions = [] } = await session.call('emr.listBootstrapActions', of);
    const template = templateOf(Cluster, instances, BootstrapActions);
    if (template === null) throw new AppError('emr-cluster-not-copied');
    return template;
  }

  /**
   * Ends a cluster for good; `liftsProtection` also if it is protected against that.
   * @throws emr-protected, or what AWS said against it
   */
  async terminate(accountId: AwsAccountId, clusterId: string, liftsProtection: boolean): Promise<void> {
    const session = await this.deps.session(accountId);
    const { Cluster } = await session.call('emr.describeCluster', { ClusterId: clusterId });
    const JobFlowIds = [clusterId];
    if (Cluster?.TerminationProtected) {
      if (!liftsProtection) throw new AppError('emr-protected', { cluster: Cluster.Name ?? clusterId });
      await session.call('emr.setTerminationProtection', { JobFlowIds, TerminationProtected: false });
    }
    await session.call('emr.terminateJobFlows', { JobFlowIds });
    this.refresh();
  }

  /** Ends watching. */
  stop(): void {
    this.look(null, null);
  }

  #enter(state: Omit<EmrSnapshot, 'revision'>): void {
    this.#snapshot = { ...state, revision: this.#snapshot.revision + 1 };
    this.deps.onChanged(this.#snapshot);
  }
}
