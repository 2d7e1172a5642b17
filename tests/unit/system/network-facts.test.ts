import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isSameNetwork, readNetworkFacts } from '../../../electron/system/network-facts';

const info = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  ...(address.includes(':') ? { family: 'IPv6', scopeid: 0 } : { family: 'IPv4' }),
  ...{ netmask: '', mac: '', cidr: null },
});
const table = (...lines: readonly string[]): string =>
  ['Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT', ...lines, ''].join('\n');
const byGateway = (gateway: string, uses = 0): string =>
  table(`eth0\t00000000\t${gateway}\t0003\t0\t${uses}\t100\t00000000\t0\t0\t0`);

function facts(addresses: readonly string[], routes = '', isOnline = true) {
  return readNetworkFacts({
    interfaces: () => ({ lo: [info('127.0.0.1', true)], eth0: addresses.map((each) => info(each)) }),
    routes: () => routes,
    isOnline: () => isOnline,
  });
}

describe('the network of this computer', () => {
  it('is its addresses but for loopback and those that lead nowhere', () => {
    expect(facts(['192.168.1.5', 'fe80::1', '169.254.3.4', '2001:db8::1']).addresses).toEqual([
      ...['192.168.1.5', '2001:db8::1'],
    ]);
  });

  it('is the same in whatever order the system tells it', () => {
    expect(isSameNetwork(facts(['10.0.0.1', '10.0.0.2']), facts(['10.0.0.2', '10.0.0.1']))).toBe(true);
  });

  it('is another one with another address, or a VPN’s besides', () => {
    expect(isSameNetwork(facts(['10.0.0.1']), facts(['10.0.0.2']))).toBe(false);
    expect(isSameNetwork(facts(['10.0.0.1']), facts(['10.0.0.1', '10.8.0.2']))).toBe(false);
  });

  it('is another one when packets take another way, not when more of them do', () => {
    const before = facts(['10.0.0.1'], byGateway('0100000A'));
    expect(isSameNetwork(before, facts(['10.0.0.1'], byGateway('0100000A', 99)))).toBe(true);
    expect(isSameNetwork(before, facts(['10.0.0.1'], byGateway('FE00000A')))).toBe(false);
  });

  it('is none when the system says so', () => {
    expect(facts(['10.0.0.1'], '', false).addresses).toEqual([]);
  });
});
