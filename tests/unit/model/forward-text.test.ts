import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseForward } from '../../../shared/model/forward-text';
import { endText, Forward, type TunnelListen, type TunnelTarget } from '../../../shared/model/tunnel';

describe('a forward as ssh takes it', () => {
  test.each([
    ['local', '8080:web:80', '127.0.0.1:8080', 'web:80'],
    ['local', 'localhost:8080:[2001:db8::1]:80', '127.0.0.1:8080', '[2001:db8::1]:80'],
    ['local', '[::1]:8080:/run/x.sock', '[::1]:8080', '/run/x.sock'],
    ['remote', '/tmp/a.sock:web:80', '/tmp/a.sock', 'web:80'],
    ['remote', '*:8080:web:80', '0.0.0.0:8080', 'web:80'],
    ['remote', ':8080:web:80', '0.0.0.0:8080', 'web:80'],
  ] as const)('%s %s', (kind, text, listen, target) => {
    const forward = parseForward(kind, text);
    expect(
      forward && forward.kind !== 'dynamic' && [endText(forward.listen), endText(forward.target)],
    ).toEqual([listen, target]);
  });

  test.each([
    ['local', '8080'],
    ['local', '0:web:80'],
    ['local', '8080:web:80000'],
    ['local', 'a:b:c:d:e'],
    ['local', '[::1:8080:web:80'],
    ['local', 'web.example.com:8080:web:80'],
    ['remote', '1080'],
    ['dynamic', '/tmp/socks.sock'],
    ['dynamic', ''],
  ] as const)('%s “%s” is none', (kind, text) => {
    expect(parseForward(kind, text)).toBeNull();
  });

  const port = fc.integer({ min: 1, max: 65_535 });
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const path = fc
    .stringMatching(/^\/[a-z/.]{1,20}$/)
    .map((text) => ({ kind: 'unixSocket', path: text }) as const);
  const listen: fc.Arbitrary<TunnelListen> = fc.oneof(
    path,
    fc.record({
      kind: fc.constant('tcp' as const),
      address: address.map((text) => text.toLowerCase()),
      port,
    }),
  );
  const target: fc.Arbitrary<TunnelTarget> = fc.oneof(
    path,
    fc.record({ kind: fc.constant('tcp' as const), host: fc.oneof(address, fc.domain()), port }),
  );

  test('written by Nuvem is read again as it was', () => {
    const kind = fc.constantFrom('local' as const, 'remote' as const);
    fc.assert(
      fc.property(kind, listen, target, (kind, listen, target) => {
        const forward = Forward.parse({ kind, listen, target });
        expect(parseForward(kind, `${endText(listen)}:${endText(target)}`)).toEqual(forward);
      }),
    );
  });

  test('is read or not, and never more than that', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('local' as const, 'remote' as const, 'dynamic' as const),
        fc.string(),
        (kind, text) => {
          const forward = parseForward(kind, text);
          if (forward !== null) expect(Forward.parse(forward)).toEqual(forward);
        },
      ),
    );
  });
});
