import { expect, it } from 'vitest';
import { readWebAddress, WebAddress } from '../../../shared/model/web-address';

it.each([
  ['8501', 'http://localhost:8501/'],
  [':8501/app?x=1', 'http://localhost:8501/app?x=1'],
  [' localhost:6006/#scalars ', 'http://localhost:6006/#scalars'],
  ['ip-10-0-0-1.ec2.internal:8088', 'http://ip-10-0-0-1.ec2.internal:8088/'],
  ['https://localhost:9443', 'https://localhost:9443/'],
  ['http://0.0.0.0:8050/', 'http://localhost:8050/'],
  ['[::]:8050', 'http://localhost:8050/'],
  ['[::1]:8050', 'http://[::1]:8050/'],
  ['MASTER', 'http://master/'],
  ['http://localhost/#/x@y:0', 'http://localhost/#/x@y:0'],
])('takes %s for %s, and what it takes is taken as it is', (typed, address) => {
  expect(readWebAddress(typed)).toBe(address);
  expect(readWebAddress(address)).toBe(address);
  expect(WebAddress.safeParse(address).success).toBe(true);
});

it.each([
  '',
  'two words',
  '99999',
  'localhost:0',
  'ftp://localhost/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,hi',
  'ana:secret@localhost:8088',
  'http://localhost\\@example.org/',
])('takes “%s” for no address', (typed) => {
  expect(readWebAddress(typed)).toBeNull();
});
