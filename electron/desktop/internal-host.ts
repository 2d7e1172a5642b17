import { BlockList, isIP } from 'node:net';

/**
 * Addresses that the public internet does not route: loopback (RFC 1122, 4291), private (RFC 1918, 4193) and
 * shared by a provider (RFC 6598). Link-local ones are left out: on a cloud machine they lead to the service
 * that hands out its credentials.
 */
const internalAddresses = new BlockList();
internalAddresses.addSubnet('127.0.0.0', 8, 'ipv4');
internalAddresses.addSubnet('10.0.0.0', 8, 'ipv4');
internalAddresses.addSubnet('172.16.0.0', 12, 'ipv4');
internalAddresses.addSubnet('192.168.0.0', 16, 'ipv4');
internalAddresses.addSubnet('100.64.0.0', 10, 'ipv4');
internalAddresses.addAddress('::1', 'ipv6');
internalAddresses.addSubnet('fc00::', 7, 'ipv6');

/** Names that no public name server answers: RFC 6761, 6762, 8375, 9476, and those clouds use inside. */
const internalSuffix = /\.(localhost|internal|local|lan|intranet|corp|private|home\.arpa|localdomain)$/;
/** The services of clouds that hand out a machine's credentials. */
const credentialServices: ReadonlySet<string> = new Set(['metadata.google.internal', 'metadata']);

/** True for a host, as `URL.hostname` has it, that means something in a machine's own network alone. */
export function isInternalHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const version = isIP(host);
  if (version !== 0) return internalAddresses.check(host, version === 6 ? 'ipv6' : 'ipv4');
  if (host === '' || credentialServices.has(host)) return false;
  return !host.includes('.') || internalSuffix.test(host);
}
