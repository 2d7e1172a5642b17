import { expect, it } from 'vitest';
import { isInternalHost } from '../../../electron/desktop/internal-host';

it.each([
  'localhost',
  'LOCALHOST.',
  'node-1',
  'ip-10-0-0-1.ec2.internal',
  'ip-10-0-0-1.sa-east-1.compute.internal',
  'printer.local',
  'nas.home.arpa',
  '127.0.0.1',
  '127.9.9.9',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '[::1]',
  '[fd00::1]',
])('%s means something in the machine’s own network alone', (host) => {
  expect(isInternalHost(host)).toBe(true);
});

it.each([
  '',
  'example.org',
  'internal.example.org',
  'localhost.example.org',
  '8.8.8.8',
  '172.32.0.1',
  '169.254.169.254',
  '[fe80::1]',
  '[2001:db8::1]',
  '[::ffff:169.254.169.254]',
  'metadata.google.internal',
])('“%s” does not, or must not be reached by a link', (host) => {
  expect(isInternalHost(host)).toBe(false);
});
