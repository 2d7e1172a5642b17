import { describe, expect, test } from 'vitest';
import { type GatewayRoute, parseAuthority, resolveRoute, routeHost } from '../../../electron/gateway/routes';

const notebook: GatewayRoute = {
  host: 'localhost:8888',
  target: { kind: 'unixSocket', path: '/home/ana/s' },
  authorization: 'token secret',
};
const routes = new Map([[notebook.host, notebook]]);

describe('an authority', () => {
  test.each([
    ['localhost:8888', { host: 'localhost', port: 8888 }],
    ['LOCALHOST:8888', { host: 'localhost', port: 8888 }],
    ['ip-10-0-0-1.ec2.internal', { host: 'ip-10-0-0-1.ec2.internal', port: 80 }],
    ['[::1]:9000', { host: '::1', port: 9000 }],
    ['10.0.0.1:443', { host: '10.0.0.1', port: 443 }],
  ])('%s is read', (text, expected) => {
    expect(parseAuthority(text, 80)).toEqual(expected);
  });

  test.each([
    '',
    ':80',
    'host:',
    'host:0',
    'host:65536',
    'user@host:80',
    'user:pass@host',
    'a b',
    '[::1',
    'h/x',
    'h?x',
  ])('%j is refused', (text) => {
    expect(parseAuthority(text, 80)).toBeNull();
  });

  test('is written the same way that it is read', () => {
    for (const text of ['localhost:8888', '[::1]:9000', '10.0.0.1:443']) {
      expect(routeHost(parseAuthority(text, 80) ?? { host: '', port: 0 })).toBe(text);
    }
  });
});

describe('a route', () => {
  test('is found by exactly its host and port', () => {
    expect(resolveRoute(routes, { host: 'localhost', port: 8888 })).toBe(notebook);
  });

  test.each([
    { host: 'localhost', port: 8889 },
    { host: '127.0.0.1', port: 8888 },
    { host: 'a.localhost', port: 8888 },
    { host: 'localhost.', port: 8888 },
    { host: '::1', port: 8888 },
  ])('does not lend its authorization to $host:$port', (authority) => {
    expect(resolveRoute(routes, authority)).toEqual({
      host: routeHost(authority),
      target: { kind: 'tcp', ...authority },
      authorization: null,
    });
  });
});
