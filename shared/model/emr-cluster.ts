import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { AwsAccountId } from './aws-account';
import { instanceRoles } from './emr-template';

/** EMR's own states of a cluster, in their order. */
export const emrStates = [
  'STARTING',
  'BOOTSTRAPPING',
  'RUNNING',
  'WAITING',
  'TERMINATING',
  'TERMINATED',
  'TERMINATED_WITH_ERRORS',
] as const;
export type EmrState = (typeof emrStates)[number];

/** It costs money. */
export const isActive = (state: EmrState): boolean =>
  state !== 'TERMINATED' && state !== 'TERMINATED_WITH_ERRORS';
/** It will soon be in another state by itself. */
export const isChanging = (state: EmrState): boolean =>
  state === 'STARTING' || state === 'BOOTSTRAPPING' || state === 'TERMINATING';
export const canTerminate = (state: EmrState): boolean => isActive(state) && state !== 'TERMINATING';
/** While it starts, it has no node that could be reached. */
export const hasPrimaryNode = (state: EmrState): boolean => canTerminate(state) && state !== 'STARTING';

export const EmrClusterId = z.string().regex(/^j-[A-Z0-9]+$/);

export const EmrCluster = z.strictObject({
  id: EmrClusterId,
  name: z.string(),
  state: z.enum(emrStates),
  /** Why it is in this state, in AWS's words; empty: it does not say. */
  reason: z.string(),
  createdAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
});
export type EmrCluster = Readonly<z.infer<typeof EmrCluster>>;

const FleetCapacity = z.strictObject({ requested: z.number().int(), running: z.number().int() });

export const EmrDetail = z.strictObject({
  clusterId: EmrClusterId,
  releaseLabel: z.string(),
  applications: z.array(z.string()).readonly(),
  /** Null: the cluster has fleets. */
  groups: z
    .array(
      z.strictObject({
        role: z.enum(instanceRoles),
        instanceType: z.string(),
        requested: z.number().int(),
        running: z.number().int(),
        isSpot: z.boolean(),
      }),
    )
    .readonly()
    .nullable(),
  /** In units of capacity; none: the cluster has groups. */
  fleets: z
    .array(
      z.strictObject({
        role: z.enum(instanceRoles),
        instanceTypes: z.array(z.string()).readonly(),
        onDemand: FleetCapacity,
        spot: FleetCapacity,
      }),
    )
    .readonly(),
  /** Empty: not known yet. */
  primaryAddress: z.string(),
  isTerminationProtected: z.boolean(),
  keyPair: z.string(),
  subnetId: z.string(),
  logUri: z.string(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })).readonly(),
});
export type EmrDetail = Readonly<z.infer<typeof EmrDetail>>;

/** The clusters of the account that is looked at. */
export const EmrSnapshot = z.strictObject({
  revision: z.number().int(),
  /** Null: nobody looks. */
  accountId: AwsAccountId.nullable(),
  /** Newest first. */
  clusters: z.array(EmrCluster).readonly(),
  isLoading: z.boolean(),
  /** All are listed that AWS still tells of (two months). */
  isWhole: z.boolean(),
  /** When AWS was last heard; null: not yet. */
  atMs: z.number().nullable(),
  /** Why the last look failed; what was known stays. */
  error: ErrorReport.nullable(),
  /** Of the cluster that is looked at. */
  detail: EmrDetail.nullable(),
});
export type EmrSnapshot = Readonly<z.infer<typeof EmrSnapshot>>;

export const noEmrClusters: EmrSnapshot = {
  revision: -1,
  accountId: null,
  clusters: [],
  isLoading: false,
  isWhole: false,
  atMs: null,
  error: null,
  detail: null,
};
