import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EmrService } from '../../../electron/aws/emr/emr-service';
import { systemClock } from '../../../electron/system/clock';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { type EmrRequest, emrRequest } from '../../../shared/model/emr-request';
import { createClusterPython } from '../../../shared/model/emr-snippets';
import { EmrTemplate, usualTemplate } from '../../../shared/model/emr-template';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type EmrGaps, startEmrGaps } from '../../support/lab/emr-gaps';
import { makeLabAws } from '../../support/lab/lab-aws';
import { runCommand } from '../../support/lab/run-command';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { labPeer } from '../../support/setup/peers';

/** Before the home folder is another one. */
const python = join(labPeer('moto').binFolder, 'python');

/** moto knows no fleets, so a double answers for EMR; boto3 and AWS's library check what they send by AWS's model. */
let emrApi: EmrGaps;
let runs: EmrRequest[];
let home: TempFolder;
let account: AwsAccount;
let emr: EmrService;

const template: EmrTemplate = EmrTemplate.parse({
  ...usualTemplate,
  name: 'Fleets',
  subnetId: 'subnet-0a1b2c3d',
  idleMinutes: 60,
  fleets: [
    {
      role: 'primary',
      onDemandCapacity: 1,
      spotCapacity: 0,
      types: [{ instanceType: 'm5.xlarge', weight: 1, bidPercent: null }],
      spotAllocation: 'lowest-price',
      spotTimeoutMinutes: 60,
      spotTimeoutAction: 'SWITCH_TO_ON_DEMAND',
    },
    {
      role: 'core',
      onDemandCapacity: 2,
      spotCapacity: 8,
      types: [
        { instanceType: 'm5.xlarge', weight: 1, bidPercent: null },
        { instanceType: 'r5.2xlarge', weight: 2, bidPercent: 80 },
      ],
      spotAllocation: 'price-capacity-optimized',
      spotTimeoutMinutes: 15,
      spotTimeoutAction: 'TERMINATE_CLUSTER',
    },
  ],
});

beforeEach(async () => {
  runs = [];
  emrApi = await startEmrGaps('http://127.0.0.1:9', {
    RunJobFlow: (input) => {
      runs.push(input as unknown as EmrRequest);
      return { JobFlowId: 'j-FLEETS' };
    },
    DescribeCluster: () => ({ Cluster: described() }),
    ListInstanceFleets: () => ({ InstanceFleets: listed() }),
    ListBootstrapActions: () => ({ BootstrapActions: [] }),
  });
  home = await makeTempFolder('emr-fleets');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  const aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: emrApi.endpoint });
  emr = new EmrService({
    session: (accountId) => aws.service.session(accountId),
    clock: systemClock,
    onChanged: () => undefined,
  });
});

afterEach(async () => {
  emr.stop();
  vi.unstubAllEnvs();
  await emrApi.stop();
  await home.remove();
});

const described = () => ({
  Id: 'j-FLEETS',
  Name: runs[0]?.Name,
  Status: { State: 'WAITING' },
  ReleaseLabel: runs[0]?.ReleaseLabel,
  Applications: runs[0]?.Applications,
  InstanceCollectionType: 'INSTANCE_FLEET',
  ServiceRole: runs[0]?.ServiceRole,
  Ec2InstanceAttributes: {
    IamInstanceProfile: runs[0]?.JobFlowRole,
    Ec2SubnetId: runs[0]?.Instances.Ec2SubnetIds?.[0],
  },
});

const listed = () =>
  runs[0]?.Instances.InstanceFleets?.map(({ InstanceTypeConfigs, ...fleet }) => ({
    ...fleet,
    InstanceTypeSpecifications: InstanceTypeConfigs,
  }));

test('a cluster with fleets is made as the template says, and can be made again', async () => {
  expect(await emr.create(account.id, template)).toBe('j-FLEETS');
  expect(runs).toEqual([emrRequest(template)]);
  expect(runs[0]?.Instances).not.toHaveProperty('InstanceGroups');
  expect(await emr.templateOf(account.id, 'j-FLEETS')).toEqual(template);
});

test('the Python that is shown asks for the same fleets', async () => {
  await runCommand(python, ['-c', createClusterPython(template, account)]);
  expect(runs).toEqual([emrRequest(template)]);
});
