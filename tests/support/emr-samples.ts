import fc from 'fast-check';
import type { EmrCluster, EmrDetail } from '../../shared/model/emr-cluster';
import { type EmrFleet, spotAllocations, spotTimeoutActions } from '../../shared/model/emr-fleet';
import type { EmrStep } from '../../shared/model/emr-step';
import { EmrTemplate } from '../../shared/model/emr-template';

/** A cluster, number `index`; the higher, the newer. */
export const sampleCluster = (index: number, cluster: Partial<EmrCluster> = {}): EmrCluster => ({
  id: `j-${String(index).padStart(6, '0')}`,
  name: `Nightly ${index}`,
  state: 'TERMINATED',
  reason: 'User request',
  createdAtMs: Date.UTC(2026, 2, 4) + index * 60_000,
  endedAtMs: Date.UTC(2026, 2, 5) + index * 60_000,
  ...cluster,
});

export const emrDetail: EmrDetail = {
  clusterId: 'j-2AXXXXXXGAPLF',
  releaseLabel: 'emr-6.15.0',
  applications: ['Spark 3.4.1', 'JupyterHub 1.5.0'],
  groups: [
    { role: 'primary', instanceType: 'm5.xlarge', requested: 1, running: 1, isSpot: false },
    { role: 'core', instanceType: 'm5.2xlarge', requested: 4, running: 3, isSpot: true },
  ],
  fleets: [],
  primaryAddress: 'ec2-203-0-113-25.compute-1.amazonaws.com',
  isTerminationProtected: true,
  keyPair: 'ana-at-laptop',
  subnetId: 'subnet-0a1b2c3d4e5f',
  logUri: 's3://research-logs/emr/',
  tags: [{ key: 'project', value: 'medical-imaging' }],
};

/** A step, number `index`. */
export const sampleStep = (index: number, step: Partial<EmrStep> = {}): EmrStep => ({
  id: `s-${String(index).padStart(6, '0')}`,
  name: `Training ${index}`,
  state: 'COMPLETED',
  reason: '',
  onFailure: 'CONTINUE',
  jar: 'command-runner.jar',
  mainClass: '',
  args: ['spark-submit', '--deploy-mode', 'client', 's3://research/nuvem/train.py', '--epochs', '10'],
  createdAtMs: Date.UTC(2026, 2, 4, 12) + index * 60_000,
  startedAtMs: Date.UTC(2026, 2, 4, 12, 1) + index * 60_000,
  endedAtMs: Date.UTC(2026, 2, 4, 12, 9) + index * 60_000,
  ...step,
});

/** One line that is not blank, of whatever people write. */
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.replaceAll(/[\r\n\0]/g, ' ').trim())
  .filter((text) => text !== '');
const instanceType = fc.constantFrom('m5.xlarge', 'r6g.4xlarge', 'c5n.18xlarge');
const group = (role: 'primary' | 'core' | 'task', most: number) =>
  fc.record({
    role: fc.constant(role),
    instanceType,
    count: fc.integer({ min: 1, max: most }),
    isSpot: fc.boolean(),
  });
const fleetType = fc.record({
  instanceType,
  weight: fc.integer({ min: 1, max: 999 }),
  bidPercent: fc.option(fc.integer({ min: 1, max: 1000 })),
});
const fleet = (role: EmrFleet['role'], most: number): fc.Arbitrary<EmrFleet> =>
  fc
    .record({
      role: fc.constant(role),
      onDemandCapacity: fc.integer({ min: 0, max: most }),
      spotCapacity: fc.integer({ min: 0, max: most }),
      types: fc.uniqueArray(fleetType, { minLength: 1, selector: (type) => type.instanceType }),
      spotAllocation: fc.constantFrom(...spotAllocations),
      spotTimeoutMinutes: fc.integer({ min: 5, max: 1440 }),
      spotTimeoutAction: fc.constantFrom(...spotTimeoutActions),
    })
    .filter(({ onDemandCapacity, spotCapacity }) => onDemandCapacity + spotCapacity > 0);
/** None, or those of a whole cluster. */
export const anyFleets: fc.Arbitrary<readonly EmrFleet[]> = fc.oneof(
  fc.constant([]),
  fc
    .tuple(
      fleet('primary', 1).filter((primary) => primary.onDemandCapacity + primary.spotCapacity === 1),
      fc.array(fleet('core', 500), { maxLength: 1 }),
      fc.array(fleet('task', 500), { maxLength: 1 }),
    )
    .map(([primary, core, task]) => [primary, ...core, ...task]),
);
const properties = fc.dictionary(word, fc.string());
const inner = fc.record({ classification: word, properties });

/** Any template that can be saved. */
export const anyTemplate: fc.Arbitrary<EmrTemplate> = fc
  .record({
    name: word,
    releaseLabel: fc.constantFrom('emr-6.4.0', 'emr-7.2.0', 'emr-5.36.1'),
    applications: fc.uniqueArray(word, { maxLength: 4 }),
    groups: fc
      .tuple(
        group('primary', 1),
        fc.array(group('core', 2000), { maxLength: 1 }),
        fc.array(group('task', 9), { maxLength: 2 }),
      )
      .map(([primary, core, task]) => [primary, ...core, ...task]),
    fleets: anyFleets,
    serviceRole: word,
    instanceProfile: word,
    keyPair: fc.oneof(fc.constant(''), word),
    subnetId: fc.constantFrom('', 'subnet-0a1b2c3d'),
    logUri: fc.constantFrom('', 's3://logs/emr/'),
    bootstrapActions: fc.array(fc.record({ name: word, path: word, args: fc.array(fc.string()) }), {
      maxLength: 2,
    }),
    configurations: fc.array(
      fc.oneof(
        inner,
        fc.record({ classification: word, properties, configurations: fc.array(inner, { minLength: 1 }) }),
      ),
      { maxLength: 2 },
    ),
    tags: fc.array(fc.record({ key: word, value: fc.string({ maxLength: 40 }) }), { maxLength: 3 }),
    isTerminationProtected: fc.boolean(),
    idleMinutes: fc.option(fc.integer({ min: 1, max: 10_080 })),
    scaling: fc.option(
      fc
        .tuple(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }))
        .map(([a, b]) => ({ minimum: Math.min(a, b), maximum: Math.max(a, b) })),
    ),
  })
  .map((template) => EmrTemplate.parse(template));
