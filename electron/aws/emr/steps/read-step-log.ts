import type { EmrLogKind, EmrStepLog } from '../../../../shared/model/emr-step';
import { below, readS3Uri, type S3Place, s3Uri } from '../../../../shared/model/s3-uri';
import type { AwsSession } from '../../aws-session';
import { readTextEnd } from '../../s3/read-text-end';

/** More is read in an editor. */
export const mostLogBytes = 512 * 1024;

interface StepLogOptions {
  readonly clusterId: string;
  readonly stepId: string;
  readonly kind: EmrLogKind;
}

/**
 * What a step wrote, from where its cluster keeps logs (EMR Management Guide, "View log files"). EMR copies them there
 * every five minutes, and when the cluster ends.
 * @throws what AWS said against it
 */
export async function readStepLog(
  session: AwsSession,
  { clusterId, stepId, kind }: StepLogOptions,
): Promise<EmrStepLog> {
  const { Cluster } = await session.call('emr.describeCluster', { ClusterId: clusterId });
  const logs = readS3Uri(Cluster?.LogUri ?? '');
  if (logs === null) return { kind: 'notKept', mayBeOnNode: false };
  const ofStep = (name: string) => below(logs, `${clusterId}/steps/${stepId}/${name}`);
  if (kind !== 'driver') return readAt(session, ofStep(kind), /^(\.gz)?$/);
  const stderr = await readAt(session, ofStep('stderr'), /^(\.gz)?$/);
  if (stderr.kind !== 'text') return stderr;
  const application = [...stderr.text.matchAll(/\bapplication_\d+_\d+\b/g)].at(-1)?.[0];
  const containers = below(logs, `${clusterId}/containers/${application ?? ''}`);
  if (application === undefined) return { kind: 'notThere', uri: s3Uri(containers), mayBeOnNode: false };
  // The application's first container is its driver; a later attempt has a higher number before it.
  return readAt(session, below(containers, ''), /_000001\/stdout(\.gz)?$/);
}

/** The last object whose key begins with that place and goes on with `rest`. */
async function readAt(session: AwsSession, place: S3Place, rest: RegExp): Promise<EmrStepLog> {
  const { Contents = [] } = await session.call('s3.listObjects', {
    Bucket: place.bucket,
    Prefix: place.key,
  });
  const found = Contents.findLast(({ Key = '' }) => rest.test(Key.slice(place.key.length)));
  if (found?.Key === undefined) return { kind: 'notThere', uri: s3Uri(place), mayBeOnNode: false };
  const at = { bucket: place.bucket, key: found.Key };
  return { kind: 'text', uri: s3Uri(at), ...(await readTextEnd(session, at, mostLogBytes)) };
}
