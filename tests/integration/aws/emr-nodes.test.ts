import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EmrService } from '../../../electron/aws/emr/emr-service';
import { EmrNodeService } from '../../../electron/aws/emr/nodes/node-service';
import { EmrNodeStore, type EmrNodesData, noEmrNodes } from '../../../electron/aws/emr/nodes/node-store';
import { PersistentUis } from '../../../electron/aws/emr/nodes/persistent-uis';
import { systemClock } from '../../../electron/system/clock';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { usualTemplate } from '../../../shared/model/emr-template';
import type { Machine, MachineDraft, MachineId } from '../../../shared/model/machine';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type GapAnswers, startEmrGaps } from '../../support/lab/emr-gaps';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { uuid } from '../../support/samples';

let moto: Moto;
let home: TempFolder;
let aws: LabAws;
let clusterId: string;
let machines: Map<MachineId, Machine>;
let nodes: EmrNodeService;

beforeAll(async () => {
  moto = await startMoto();
});

afterAll(async () => {
  await moto.stop();
});

beforeEach(async () => {
  home = await makeTempFolder('emr-nodes');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  const session = (accountId: AwsAccount['id']) => aws.service.session(accountId);
  machines = new Map();
  let data: EmrNodesData = noEmrNodes;
  nodes = new EmrNodeService({
    session,
    store: new EmrNodeStore({
      store: {
        value: () => data,
        replace: (next) => {
          data = next;
        },
      },
    }),
    machines: {
      find: (id) => machines.get(id),
      save: (draft: MachineDraft) => {
        const id = draft.id ?? uuid<MachineId>(machines.size + 1);
        const machine: Machine = { ...draft, id, isDemo: false, tunnels: [] };
        machines.set(id, machine);
        return machine;
      },
    },
  });
  clusterId = await new EmrService({ session, clock: systemClock, onChanged: () => undefined }).create(
    aws.save({ profile: 'lab', endpoint: moto.endpoint }).id,
    { ...usualTemplate, name: 'Exploration', keyPair: 'ana' },
  );
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

/** For what moto tells of no cluster. */
async function withGaps(
  answers: GapAnswers,
  use: (of: { readonly accountId: AwsAccount['id']; readonly clusterId: string }) => Promise<void>,
): Promise<void> {
  const gaps = await startEmrGaps(moto.endpoint, answers);
  try {
    await use({ accountId: aws.save({ profile: 'lab', endpoint: gaps.endpoint }).id, clusterId });
  } finally {
    await gaps.stop();
  }
}

const primary = { PublicDnsName: 'ec2-203-0-113-25.compute-1.amazonaws.com', PrivateDnsName: 'ip-10-0-0-1' };
const way = { host: primary.PublicDnsName, port: 22, user: 'hadoop', keyPath: '~/emr.pem', jumpId: null };

test('the primary node of a cluster becomes a machine, and the key of its key pair is asked once', async () => {
  const asked: object[] = [];
  const ListInstances = (input: object) => {
    asked.push(input);
    return { Instances: [primary] };
  };
  await withGaps({ ListInstances }, async (of) => {
    expect(await nodes.node(of)).toEqual({
      publicName: primary.PublicDnsName,
      privateName: 'ip-10-0-0-1',
      keyPair: 'ana',
      machineId: null,
      keyPath: '',
    });
    expect(asked).toEqual([{ ClusterId: clusterId, InstanceGroupTypes: ['MASTER'] }]);

    const machineId = await nodes.bind(of, way);
    expect(machines.get(machineId)).toMatchObject({
      name: 'EMR Exploration',
      route: { host: primary.PublicDnsName, port: 22, user: 'hadoop', jumps: [] },
      identity: { kind: 'keyFile', path: '~/emr.pem' },
    });
    expect(await nodes.node(of)).toMatchObject({ machineId, keyPath: '~/emr.pem' });

    // Another way in changes the machine, which keeps what the user made of it.
    machines.set(machineId, { ...(machines.get(machineId) as Machine), name: 'Mine', tags: ['emr'] });
    const jumpId = uuid<MachineId>(77);
    expect(await nodes.bind(of, { ...way, host: 'ip-10-0-0-1', jumpId })).toBe(machineId);
    expect([...machines.values()]).toMatchObject([
      {
        name: 'Mine',
        tags: ['emr'],
        route: { host: 'ip-10-0-0-1', jumps: [{ kind: 'machine', machineId: jumpId }] },
      },
    ]);

    machines.clear();
    expect(await nodes.node(of)).toMatchObject({ machineId: null, keyPath: '~/emr.pem' });
  });
});

test('what the real moto tells of a primary node is understood', async () => {
  await withGaps({}, async (of) => {
    expect(await nodes.node(of)).toMatchObject({
      machineId: null,
      publicName: expect.stringMatching(/^ec2-/),
    });
  });
});

describe('the pages of a cluster that has ended (a double: moto has none)', () => {
  test('are made, waited for, and opened in the browser', async () => {
    const asked: object[] = [];
    const opened: string[] = [];
    let looks = 0;
    const persistent = new PersistentUis({
      session: (accountId) => aws.service.session(accountId),
      clock: {
        after: (_delayMs, callback) => {
          setImmediate(callback);
          return () => undefined;
        },
      },
      openExternally: async (url) => void opened.push(url),
    });
    const answers: GapAnswers = {
      CreatePersistentAppUI: (input) => {
        asked.push(input);
        return { PersistentAppUIId: 'p-1' };
      },
      DescribePersistentAppUI: () => {
        looks += 1;
        return { PersistentAppUI: { PersistentAppUIStatus: looks > 2 ? 'ATTACHED' : 'CREATING' } };
      },
      GetPersistentAppUIPresignedURL: (input) => {
        asked.push(input);
        const isReady = asked.length > 2;
        return { PresignedURLReady: isReady, PresignedURL: isReady ? 'https://p-1.emrappui.aws/shs' : '' };
      },
    };
    await withGaps(answers, (of) => persistent.open(of, 'spark'));
    expect(opened).toEqual(['https://p-1.emrappui.aws/shs']);
    expect(asked).toEqual([
      { TargetResourceArn: expect.stringMatching(`^arn:aws:elasticmapreduce:.*/${clusterId}$`) },
      { PersistentAppUIId: 'p-1', PersistentAppUIType: 'SHS' },
      { PersistentAppUIId: 'p-1', PersistentAppUIType: 'SHS' },
    ]);
  });

  test('that never come are given up with a way to go on', async () => {
    const persistent = new PersistentUis({
      session: (accountId) => aws.service.session(accountId),
      clock: {
        after: (_delayMs, callback) => {
          setImmediate(callback);
          return () => undefined;
        },
      },
      openExternally: async () => {
        throw new Error('There is nothing to open');
      },
    });
    const answers: GapAnswers = {
      CreatePersistentAppUI: () => ({ PersistentAppUIId: 'p-1' }),
      DescribePersistentAppUI: () => ({ PersistentAppUI: { PersistentAppUIStatus: 'CREATING' } }),
    };
    await withGaps(answers, async (of) => {
      await expect(persistent.open(of, 'tez')).rejects.toMatchObject({ code: 'emr-ui-not-ready' });
    });
  });
});
