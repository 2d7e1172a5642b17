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
