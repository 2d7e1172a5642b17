import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { AwsAccountId } from './aws-account';
import { EmrClusterId } from './emr-cluster';
import { readS3Uri } from './s3-uri';

/** EMR's own states of a step, in their order. */
export const emrStepStates = [
  'PENDING',
  'CANCEL_PENDING',
  'RUNNING',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
  'INTERRUPTED',
] as const;
export type EmrStepState = (typeof emrStepStates)[number];

/** It will soon be in another state by itself. */
export const isStepActive = (state: EmrStepState): boolean =>
  state === 'PENDING' || state === 'RUNNING' || state === 'CANCEL_PENDING';
/** EMR cancels steps that wait, and from release 5.28 on those that run (API Reference, CancelSteps). */
export const canCancelStep = (state: EmrStepState): boolean => state === 'PENDING' || state === 'RUNNING';

export const EmrStepId = z.string().regex(/^s-[A-Z0-9]+$/);

/** What becomes of the cluster when the step fails. */
export const stepFailureActions = ['CONTINUE', 'CANCEL_AND_WAIT', 'TERMINATE_CLUSTER'] as const;
export const StepFailureAction = z.enum(stepFailureActions);
export type StepFailureAction = z.infer<typeof StepFailureAction>;

/** EMR's program that runs commands such as `spark-submit` on the primary node (EMR Release Guide). */
export const commandRunner = 'command-runner.jar';

/** What a step runs. Schema messages are text keys below `problem.` of the `steps` texts. */
const work = {
  name: z.string().trim().min(1, 'name-invalid').max(256, 'name-invalid'),
  onFailure: StepFailureAction,
  /** `command-runner.jar`, or where a jar of one's own lies. */
  jar: z.string().trim().min(1, 'jar-invalid').max(10_280, 'jar-invalid'),
  /** Empty: the one that the jar names. */
  mainClass: z.string().max(10_280),
  args: z.array(z.string().max(10_280, 'args-too-long')).readonly(),
};

export const EmrStep = z.strictObject({
  id: EmrStepId,
  ...work,
  name: z.string(),
  jar: z.string(),
  state: z.enum(emrStepStates),
  /** Why it is in this state or failed, in AWS's words; empty: it does not say. */
  reason: z.string(),
  createdAtMs: z.number().nullable(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
});
export type EmrStep = Readonly<z.infer<typeof EmrStep>>;

/** A file of this computer and where in S3 it goes. */
export const S3Upload = z.strictObject({
  path: z.string().min(1),
  uri: z.string().refine((uri) => (readS3Uri(uri)?.key ?? '') !== '', 'folder-invalid'),
});
export type S3Upload = Readonly<z.infer<typeof S3Upload>>;

export const EmrStepDraft = z.strictObject({
  ...work,
  /** Done before the step is added. */
  uploads: z.array(S3Upload).max(1000).readonly(),
});
export type EmrStepDraft = Readonly<z.infer<typeof EmrStepDraft>>;

/** A file of this computer that the user chose. */
export const LocalFile = z.strictObject({ path: z.string(), name: z.string(), sizeBytes: z.number() });
export type LocalFile = Readonly<z.infer<typeof LocalFile>>;

/** `driver`: what the program itself printed where YARN ran it, for `spark-submit` in cluster mode. */
export const emrLogKinds = ['stdout', 'stderr', 'controller', 'syslog', 'driver'] as const;
export const EmrLogKind = z.enum(emrLogKinds);
export type EmrLogKind = z.infer<typeof EmrLogKind>;

/**
 * What a step wrote, from S3 or from its cluster's primary node. `mayBeOnNode`: a machine leads to the node, which nobody
 * is connected to.
 */
export const EmrStepLog = z.discriminatedUnion('kind', [
  /** The cluster keeps none. */
  z.strictObject({ kind: z.literal('notKept'), mayBeOnNode: z.boolean() }),
  /** EMR has not copied it yet, or the step wrote nothing. */
  z.strictObject({ kind: z.literal('notThere'), uri: z.string(), mayBeOnNode: z.boolean() }),
  /** `isCut`: only the end of it. */
  z.strictObject({ kind: z.literal('text'), uri: z.string(), text: z.string(), isCut: z.boolean() }),
  /** On the primary node, which is the machine of that name. */
  z.strictObject({
    kind: z.literal('onNode'),
    machine: z.string(),
    path: z.string(),
    text: z.string(),
    isCut: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('notOnNode'), machine: z.string(), path: z.string() }),
]);
export type EmrStepLog = Readonly<z.infer<typeof EmrStepLog>>;

/** How far the files of a step that is to be added have come. */
export const UploadProgress = z.strictObject({
  /** Of the file under way. */
  name: z.string(),
  sentBytes: z.number(),
  totalBytes: z.number(),
});
export type UploadProgress = Readonly<z.infer<typeof UploadProgress>>;

/** The steps of the cluster that is looked at. */
export const EmrStepsSnapshot = z.strictObject({
  revision: z.number().int(),
  /** Null: nobody looks. */
  of: z.strictObject({ accountId: AwsAccountId, clusterId: EmrClusterId }).nullable(),
  /** Newest first. */
  steps: z.array(EmrStep).readonly(),
  /** There are older ones that are not listed. */
  isCut: z.boolean(),
  isLoading: z.boolean(),
  /** When AWS was last heard; null: not yet. */
  atMs: z.number().nullable(),
  /** Why the last look failed; what was known stays. */
  error: ErrorReport.nullable(),
  /** Null: nothing is being uploaded. */
  upload: UploadProgress.nullable(),
});
export type EmrStepsSnapshot = Readonly<z.infer<typeof EmrStepsSnapshot>>;

export const noEmrSteps: EmrStepsSnapshot = {
  revision: -1,
  of: null,
  steps: [],
  isCut: false,
  isLoading: false,
  atMs: null,
  error: null,
  upload: null,
};
