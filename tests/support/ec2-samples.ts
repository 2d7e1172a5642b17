import type { Ec2Instance } from '../../shared/model/ec2';

/** An instance, number `index`. */
export const sampleInstance = (index: number, instance: Partial<Ec2Instance> = {}): Ec2Instance => ({
  id: `i-0${String(index).padStart(16, '0')}`,
  name: `Training ${index}`,
  state: 'running',
  reason: '',
  instanceType: 'm5.xlarge',
  platform: 'Linux/UNIX',
  zone: 'sa-east-1a',
  publicAddress: `203.0.113.${index % 256}`,
  privateAddress: `10.0.0.${index % 256}`,
  keyPair: 'ana-at-laptop',
  isSpot: false,
  isInstanceStore: false,
  autoScalingGroup: '',
  launchedAtMs: Date.UTC(2026, 2, 4, 12) + index * 60_000,
  tags: [],
  ...instance,
});
