import { expect, it } from 'vitest';
import { Supervisor } from '../../../electron/connection/supervisor';
import type { NetworkFacts } from '../../../electron/system/network-facts';
import { FakeClock } from '../../support/fake-clock';

function watched() {
  const clock = new FakeClock();
  const told: string[] = [];
  const rig = { clock, told, addresses: ['10.0.0.1'] as readonly string[] };
  const supervisor = new Supervisor({
    clock,
    readNetwork: (): NetworkFacts => ({ addresses: rig.addresses, way: '' }),
    connections: {
      resumed: () => told.push('resumed'),
      networkChanged: ({ addresses }) => told.push(`network ${addresses.join(' ')}`),
    },
  });
  supervisor.start();
  return Object.assign(rig, { supervisor });
}

it('says nothing while nothing happens', () => {
  const rig = watched();
  rig.clock.advance(3_600_000);
  expect(rig.told).toEqual([]);
});

it('tells each change of the network once, within two seconds', () => {
  const rig = watched();
  rig.addresses = ['10.0.0.1', '10.8.0.2'];
  rig.clock.advance(2000);
  rig.clock.advance(60_000);
  rig.addresses = [];
  rig.clock.advance(2000);
  expect(rig.told).toEqual(['network 10.0.0.1 10.8.0.2', 'network ']);
});

it('tells of sleep by the time that is missing', () => {
  const rig = watched();
  rig.clock.advance(1000);
  rig.clock.sleep(8 * 3_600_000, 'stands still');
  rig.clock.advance(1000);
  expect(rig.told).toEqual(['resumed']);
  rig.clock.advance(60_000);
  expect(rig.told).toEqual(['resumed']);
});

it('tells nothing once it is stopped', () => {
  const rig = watched();
  rig.supervisor.stop();
  rig.addresses = [];
  rig.clock.advance(60_000);
  expect(rig.told).toEqual([]);
});
