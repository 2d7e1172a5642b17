import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import {
  type EmrLogKind,
  type EmrStepDraft,
  type EmrStepLog,
  type EmrStepsSnapshot,
  type LocalFile,
  noEmrSteps,
  type S3Upload,
} from '../../../../shared/model/emr-step';
import { readS3Uri } from '../../../../shared/model/s3-uri';
import type { Clock } from '../../../system/clock';
import type { AwsSession } from '../../aws-session';
import { sendFile } from '../../s3/send-file';
import { readStepLog } from './read-step-log';
import { StepWatch } from './step-watch';

export interface ClusterPlace {
  readonly accountId: AwsAccountId;
  readonly clusterId: string;
}

interface EmrStepServiceDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly clock: Clock;
  /** Asks the user for files; none when they cancel. */
  readonly chooseFiles: () => Promise<readonly string[]>;
  readonly onChanged: (snapshot: EmrStepsSnapshot) => void;
}

/** The steps of EMR clusters: those of one cluster are watched while somebody looks at them. */
export class EmrStepService {
  #snapshot: EmrStepsSnapshot = { ...noEmrSteps, revision: 0 };
  #watch: StepWatch | null = null;
  #sending = new AbortController();
  /** Nothing else of this computer is ever sent. */
  readonly #chosen = new Set<string>();

  constructor(private readonly deps: EmrStepServiceDependencies) {}

  snapshot(): EmrStepsSnapshot {
    return this.#snapshot;
  }

  /** The cluster whose steps the user has before their eyes from now on; null: none. */
  look(of: ClusterPlace | null): void {
    this.#watch?.stop();
    this.#watch = null;
    const { revision: _, ...nothing } = noEmrSteps;
    this.#enter({ ...nothing, of });
    if (of === null) return;
    const watch = new StepWatch({
      clusterId: of.clusterId,
      clock: this.deps.clock,
      session: () => this.deps.session(of.accountId),
      onSeen: (seen) => {
        if (this.#watch === watch) this.#enter(seen);
      },
    });
    this.#watch = watch;
    watch.refresh();
  }

  /** Looks again at once. */
  refresh(): void {
    this.#watch?.refresh();
  }

  /** Lets the user choose files, which may be sent from then on. @throws s3-file-not-read */
  async chooseFiles(): Promise<readonly LocalFile[]> {
    const paths = await this.deps.chooseFiles();
    for (const path of paths) this.#chosen.add(path);
    return Promise.all(
      paths.map(async (path) => ({ path, name: basename(path), sizeBytes: (await factsOf(path)).sizeBytes })),
    );
  }

  /**
   * Sends the step's files to S3, then adds it to the cluster. The new step's id.
   * @throws s3-file-not-read, cancelled, or what AWS said against it
   */
  async add({ accountId, clusterId }: ClusterPlace, draft: EmrStepDraft): Promise<string> {
    const session = await this.deps.session(accountId);
    await this.#send(session, draft.uploads);
    const { name, onFailure, jar, mainClass, args } = draft;
    const { StepIds = [] } = await session.call('emr.addJobFlowSteps', {
      JobFlowId: clusterId,
      Steps: [
        {
          Name: name,
          ActionOnFailure: onFailure,
          HadoopJarStep: {
            ...{ Jar: jar, Args: [...args] },
            ...(mainClass === '' ? {} : { MainClass: mainClass }),
          },
        },
      ],
    });
    this.refresh();
    const [stepId] = StepIds;
    if (stepId === undefined) throw new AppError('aws-failed', { name: 'StepIds', status: 0, host: '' });
    return stepId;
  }

  /** Breaks off the sending of files; the step is then not added. */
  cancelUpload(): void {
    this.#sending.abort(new AppError('cancelled'));
  }

  /** @throws emr-step-not-cancelled, or what AWS said against it */
  async cancel({ accountId, clusterId }: ClusterPlace, stepId: string): Promise<void> {
    const session = await this.deps.session(accountId);
    const { CancelStepsInfoList = [] } = await session.call('emr.cancelSteps', {
      ...{ ClusterId: clusterId, StepIds: [stepId] },
      // A step that does not end when it is asked to is of no use to who cancels it.
      StepCancellationOption: 'TERMINATE_PROCESS',
    });
    this.refresh();
    const refusal = CancelStepsInfoList.find(({ Status }) => Status === 'FAILED');
    if (refusal !== undefined)
      throw new AppError('emr-step-not-cancelled', {}, { details: [refusal.Reason ?? ''].filter(Boolean) });
  }

  /** @throws what AWS said against it */
  async log(of: ClusterPlace, stepId: string, kind: EmrLogKind): Promise<EmrStepLog> {
    const session = await this.deps.session(of.accountId);
    return readStepLog(session, { clusterId: of.clusterId, stepId, kind });
  }

  /** Ends watching and sending. */
  stop(): void {
    this.cancelUpload();
    this.look(null);
  }

  async #send(session: AwsSession, uploads: readonly S3Upload[]): Promise<void> {
    this.#sending = new AbortController();
    const { signal } = this.#sending;
    try {
      const files = await Promise.all(uploads.map(({ path }) => this.#chosenFile(path)));
      const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      let sentBefore = 0;
      for (const [index, { path, uri }] of uploads.entries()) {
        const to = readS3Uri(uri) ?? { bucket: '', key: '' };
        const tell = (sentBytes: number) => {
          const upload = { name: basename(path), sentBytes: sentBefore + sentBytes, totalBytes };
          if (!signal.aborted) this.#enter({ upload });
        };
        tell(0);
        const file = files[index] ?? { sizeBytes: 0, modifiedAtMs: 0 };
        await sendFile(session, { path, ...file, to, onSent: tell, signal });
        sentBefore += file.sizeBytes;
      }
    } finally {
      this.#enter({ upload: null });
    }
  }

  async #chosenFile(path: string): Promise<FileFacts> {
    if (!this.#chosen.has(path)) throw new AppError('s3-file-not-read', { path, reason: 'EPERM' });
    return factsOf(path);
  }

  #enter(change: Partial<EmrStepsSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change, revision: this.#snapshot.revision + 1 };
    this.deps.onChanged(this.#snapshot);
  }
}

interface FileFacts {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

async function factsOf(path: string): Promise<FileFacts> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { sizeBytes: size, modifiedAtMs: mtimeMs };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppError('s3-file-not-read', { path, reason }, { cause: error });
  }
}
