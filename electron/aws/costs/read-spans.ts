import type { Ec2Instance } from '../../../shared/model/ec2';
import type { AwsOutput, AwsSession } from '../aws-session';
import type { CostSpan } from './cost-span';

type ListedInstance = NonNullable<AwsOutput<'emr.listInstances'>['Instances']>[number];

/** The time of an instance of a cluster that AWS charges for; none: it is not there yet, or has no times. */
export function spanOfListed({ InstanceType = '', Market, Status }: ListedInstance): readonly CostSpan[] {
  const { State, Timeline } = Status ?? {};
  const fromMs = Timeline?.CreationDateTime?.getTime();
  if (fromMs === undefined || State === 'AWAITING_FULFILLMENT') return [];
  const isOver = State === 'TERMINATED';
  const untilMs = isOver ? (Timeline?.EndDateTime?.getTime() ?? fromMs) : null;
  return [{ instanceType: InstanceType, isSpot: Market === 'SPOT', fromMs, untilMs }];
}

/** Of an instance outside of clusters: of its last start only, as EC2 tells no others. */
export const spanOfInstance = ({
  instanceType,
  isSpot,
  platform,
  state,
  launchedAtMs,
}: Ec2Instance): readonly CostSpan[] =>
  state !== 'running' || launchedAtMs === null
    ? []
    : // Prices are those of Linux: another system's is not known.
      [
        {
          instanceType: platform === 'Linux/UNIX' ? instanceType : '',
          isSpot,
          fromMs: launchedAtMs,
          untilMs: null,
        },
      ];

/** All instances that a cluster has and had, in groups or fleets. @throws what AWS said against it */
export async function readClusterSpans(
  session: AwsSession,
  clusterId: string,
  signal: AbortSignal,
): Promise<readonly CostSpan[]> {
  const spans: CostSpan[] = [];
  for (let marker: string | undefined; ; ) {
    const of = { ClusterId: clusterId, ...(marker ? { Marker: marker } : {}) };
    const { Instances = [], Marker } = await session.call('emr.listInstances', of, signal);
    spans.push(...Instances.flatMap(spanOfListed));
    marker = Marker;
    if (!marker) return spans;
  }
}
