import { randomInt } from 'node:crypto';
import { networkInterfaces, userInfo } from 'node:os';
import { type NetworkFacts, readNetworkFacts } from '../../../electron/system/network-facts';
import { lastWill } from './last-will';
import { runCommand } from './run-command';

/** A network namespace of this test's own, with a cable to it: the machine is there, the client is here. */
export interface LabNetwork {
  /** What starts a program on the machine's side. */
  readonly enter: readonly string[];
  /** Of the machine. */
  readonly address: string;
  /** Unplugs the cable, or plugs it in again. */
  setPlugged(isPlugged: boolean): Promise<void>;
  /** The machine's packets vanish on their way, without a word to anybody. */
  setSilent(isSilent: boolean): Promise<void>;
  /** Ends every TCP connection to the machine by a reset. */
  resetAll(): Promise<void>;
  /** As many ports as the machine has left for connections of its own. */
  limitPorts(count: number): Promise<void>;
  /** The client's network, as if the cable were all it has. */
  facts(): NetworkFacts;
  remove(): Promise<void>;
}

/** Namespaces need root on Linux. */
export const canMakeNetworks = process.platform === 'linux' && userInfo().uid === 0;

/** Call `remove()` when done. Its addresses are those for benchmarks (RFC 2544, C.2.2). */
export async function makeLabNetwork(): Promise<LabNetwork> {
  const id = randomInt(16 ** 6)
    .toString(16)
    .padStart(6, '0');
  const [name, here, there] = [`nuvem${id}`, `nv${id}a`, `nv${id}b`];
  const subnet = `198.${18 + randomInt(2)}.${randomInt(256)}`;
  const base = randomInt(64) * 4;
  const [client, address] = [`${subnet}.${base + 1}`, `${subnet}.${base + 2}`];
  const ip = (...args: readonly string[]) => runCommand('ip', args);
  const inside = (...args: readonly string[]) => runCommand('ip', ['netns', 'exec', name, ...args]);
  await ip('netns', 'add', name);
  // The cable first: what still runs in the namespace keeps that alive.
  const takeWillBack = lastWill(['sh', '-c', `ip link del ${here}; ip netns del ${name}`]);
  await ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
  await ip('addr', 'add', `${client}/30`, 'dev', here);
  await ip('link', 'set', here, 'up');
  await inside('ip', 'addr', 'add', `${address}/30`, 'dev', there);
  await inside('ip', 'link', 'set', 'lo', 'up');
  await inside('ip', 'link', 'set', there, 'up');
  return {
    enter: ['ip', 'netns', 'exec', name],
    address,
    setPlugged: async (isPlugged) =>
      void (await inside('ip', 'link', 'set', there, isPlugged ? 'up' : 'down')),
    setSilent: async (isSilent) =>
      void (await inside('ip', 'route', isSilent ? 'add' : 'del', 'blackhole', `${client}/32`)),
    resetAll: async () => void (await runCommand('ss', ['-K', 'dst', address])),
    limitPorts: async (count) =>
      void (await inside('sysctl', '-qw', `net.ipv4.ip_local_port_range=50000 ${50_000 + count - 1}`)),
    facts: () =>
      readNetworkFacts({
        interfaces: () => ({ [here]: networkInterfaces()[here] }),
        routes: () => '',
        isOnline: () => true,
      }),
    remove: async () => {
      takeWillBack();
      await ip('link', 'del', here);
      await ip('netns', 'del', name);
    },
  };
}
