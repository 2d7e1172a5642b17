import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byName, readInstance, readInstances } from '../../../../electron/aws/ec2/read-instance';
import { ec2States, ordersFor } from '../../../../shared/model/ec2';
import { sampleInstance } from '../../../support/ec2-samples';

describe('an instance as EC2 describes it', () => {
  test('has its name, addresses and tags', () => {
    expect(
      readInstance({
        InstanceId: 'i-0123456789abcdef0',
        State: { Name: 'stopped' },
        StateReason: { Message: 'Client.UserInitiatedShutdown: User initiated shutdown' },
        InstanceType: 'g5.xlarge',
        InstanceLifecycle: 'spot',
        RootDeviceType: 'instance-store',
        PrivateIpAddress: '10.0.0.7',
        Tags: [
          { Key: 'Name', Value: 'GPU' },
          { Key: 'aws:autoscaling:groupName', Value: 'pool' },
        ],
      }),
    ).toMatchObject({
      name: 'GPU',
      state: 'stopped',
      publicAddress: '',
      privateAddress: '10.0.0.7',
      isSpot: true,
      isInstanceStore: true,
      autoScalingGroup: 'pool',
      tags: [{ key: 'aws:autoscaling:groupName', value: 'pool' }],
    });
  });

  test('is reached by IPv6 where it has no other public address', () => {
    const described = {
      InstanceId: 'i-0123456789abcdef0',
      State: { Name: 'running' },
      NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address: '2001:db8::7' }] }],
    } as const;
    expect(
      readInstance({ ...described, NetworkInterfaces: [...described.NetworkInterfaces] } as never),
    ).toMatchObject({
      publicAddress: '2001:db8::7',
    });
  });

  test('is left out when it has no id or a state of another world', () => {
    const described = [
      {},
      { InstanceId: 'i-0123456789abcdef0' },
      { InstanceId: 'x', State: { Name: 'running' as const } },
    ];
    expect(readInstances({ Reservations: [{ Instances: described }] } as never)).toEqual([]);
  });
});

test('instances are listed by name, those without one last', () => {
  const names = fc.array(fc.constantFrom('', 'a', 'b', 'c'));
  fc.assert(
    fc.property(names, (list) => {
      const sorted = byName(list.map((name, index) => sampleInstance(index, { name })));
      const named = sorted.map(({ name }) => name);
      expect(named).toEqual([...list.filter(Boolean).sort(), ...list.filter((name) => name === '')]);
    }),
  );
});

test('an instance takes only the orders that make sense in its state', () => {
  expect(Object.fromEntries(ec2States.map((state) => [state, ordersFor(state)]))).toEqual({
    pending: ['stop'],
    running: ['stop', 'reboot'],
    stopping: [],
    stopped: ['start'],
    'shutting-down': [],
    terminated: [],
  });
});
