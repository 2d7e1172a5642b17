import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClusterForm,
  clusterForm,
  readCluster,
} from '../../../../../renderer/features/clusters/cluster-form';
import { usualTemplate } from '../../../../../shared/model/emr-template';
import { anyTemplate } from '../../../../support/emr-samples';

const form = clusterForm(usualTemplate);

test('a template that was shown and not changed is the same, with all that has no field', () => {
  fc.assert(
    fc.property(
      anyTemplate.filter(({ applications }) => !applications.some((name) => name.includes(','))),
      (template) => {
        expect(readCluster(clusterForm(template))).toEqual({ template });
      },
    ),
    { numRuns: 300 },
  );
});

test('no core instances: no core group', () => {
  const read = readCluster({ ...form, coreCount: '0' });
  expect('template' in read && read.template.groups.map(({ role }) => role)).toEqual(['primary']);
});

describe('fleets', () => {
  const fleets = { ...form, hasFleets: true };
  const withCore = (core: Partial<ClusterForm['fleets']['core']>): ClusterForm => ({
    ...fleets,
    fleets: { ...fleets.fleets, core: { ...fleets.fleets.core, ...core } },
  });

  test('begin as what the groups are, and take types with weights and bids', () => {
    const read = readCluster(withCore({ types: 'm5.xlarge, r5.2xlarge * 2 @ 80%', spot: '4' }));
    expect('template' in read && read.template.fleets).toMatchObject([
      { role: 'primary', onDemandCapacity: 1, types: [{ instanceType: 'm5.xlarge', weight: 1 }] },
      {
        role: 'core',
        onDemandCapacity: 2,
        spotCapacity: 4,
        types: [
          { instanceType: 'm5.xlarge', weight: 1, bidPercent: null },
          { instanceType: 'r5.2xlarge', weight: 2, bidPercent: 80 },
        ],
      },
    ]);
  });

  test.each([
    [{ types: '' }, 'core.types', 'fleet-types-invalid'],
    [{ types: 'big' }, 'core.types', 'fleet-types-invalid'],
    [{ types: 'm5.xlarge*many' }, 'core.types', 'fleet-types-invalid'],
    [{ types: 'm5.xlarge, m5.xlarge*2' }, 'core.types', 'fleet-types-invalid'],
    [{ onDemand: 'two' }, 'core.onDemand', 'capacity-invalid'],
    [{ timeoutMinutes: '1' }, 'core.timeoutMinutes', 'fleet-timeout-invalid'],
  ] as const)('with %j are refused at %s', (core, field, problem) => {
    expect(readCluster(withCore(core))).toEqual({ problems: { [field]: problem } });
  });

  test('without a primary instance are none', () => {
    const { primary } = fleets.fleets;
    const two = { ...fleets, fleets: { ...fleets.fleets, primary: { ...primary, onDemand: '2' } } };
    expect(readCluster(two)).toEqual({ problems: { rest: 'fleets-invalid' } });
  });

  test('that are given up leave the groups', () => {
    const read = readCluster({ ...fleets, hasFleets: false });
    expect(read).toEqual({ template: usualTemplate });
  });
});

describe('what is wrong is said at its field', () => {
  test.each([
    ['name', '', 'name-invalid'],
    ['releaseLabel', '6.15', 'release-invalid'],
    ['primaryType', 'big', 'instance-type-invalid'],
    ['coreType', 'big', 'instance-type-invalid'],
    ['coreCount', '2.5', 'count-invalid'],
    ['coreCount', 'many', 'count-invalid'],
    ['subnetId', 'public', 'subnet-invalid'],
    ['logUri', '/var/log', 'log-uri-invalid'],
    ['idleMinutes', '0', 'idle-invalid'],
    ['idleMinutes', 'soon', 'idle-invalid'],
    ['serviceRole', ' ', 'role-invalid'],
  ] as const satisfies readonly (readonly [keyof ClusterForm, string, string])[])(
    '%s "%s"',
    (field, value, problem) => {
      expect(readCluster({ ...form, [field]: value })).toEqual({ problems: { [field]: problem } });
    },
  );
});
