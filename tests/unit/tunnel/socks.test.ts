import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSocks5Request,
  readSocksGreeting,
  type SocksStep,
  socks5Method,
  socksReply,
} from '../../../electron/tunnel/socks';

const bytes = (...parts: (number | string | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))));

const request = (step: SocksStep) => (step.kind === 'request' ? step.request : step);

describe('SOCKS5', () => {
  it('is greeted without a password, or turned away when the client insists on one', () => {
    expect(readSocksGreeting(bytes(5, 2, 0, 2))).toEqual({ kind: 'methods', isWilling: true, usedBytes: 4 });
    expect(readSocksGreeting(bytes(5, 1, 2))).toEqual({ kind: 'methods', isWilling: false, usedBytes: 3 });
    expect([...socks5Method(false)]).toEqual([5, 0xff]);
  });

  it.each([
    ['a name', bytes(5, 1, 0, 3, 11, 'example.org', 0, 80), 'example.org'],
    ['a name that is not ASCII', bytes(5, 1, 0, 3, 4, 'é.x', 0, 80), 'é.x'],
    ['an IPv4 address', bytes(5, 1, 0, 1, 10, 0, 0, 7, 0, 80), '10.0.0.7'],
    ['an IPv6 address', bytes(5, 1, 0, 4, Buffer.alloc(15), 1, 0, 80), '0:0:0:0:0:0:0:1'],
  ])('leaves %s to the far side', (_what, sent, host) => {
    expect(request(readSocks5Request(sent))).toEqual({ version: 5, host, port: 80 });
  });

  it.each([
    ['BIND', bytes(5, 2, 0, 1), 7],
    ['UDP', bytes(5, 3, 0, 1), 7],
    ['an unknown type of address', bytes(5, 1, 0, 9), 8],
    ['an empty name', bytes(5, 1, 0, 3, 0, 0, 80), 1],
    ['a name with a line break', bytes(5, 1, 0, 3, 3, 'a\nb', 0, 80), 1],
  ])('says that it can not do %s', (_what, sent, code) => {
    const step = readSocks5Request(sent);
    expect(step).toMatchObject({ kind: 'invalid' });
    expect(step.kind === 'invalid' && step.reply[1]).toBe(code);
  });
});

describe('SOCKS4', () => {
  it('takes an address, and in 4a a name', () => {
    expect(request(readSocksGreeting(bytes(4, 1, 0, 80, 10, 0, 0, 7, 'ana', 0)))).toEqual({
      version: 4,
      host: '10.0.0.7',
      port: 80,
    });
    expect(request(readSocksGreeting(bytes(4, 1, 1, 187, 0, 0, 0, 1, 0, 'example.org', 0)))).toEqual({
      version: 4,
      host: 'example.org',
      port: 443,
    });
    expect([...socksReply(4, 'granted')]).toEqual([0, 90, 0, 0, 0, 0, 0, 0]);
    expect(socksReply(4, 'unreachable')[1]).toBe(91);
  });

  it('refuses BIND, and texts without an end', () => {
    expect(readSocksGreeting(bytes(4, 2))).toMatchObject({ kind: 'invalid' });
    expect(readSocksGreeting(bytes(4, 1, 0, 80, 10, 0, 0, 7, 'x'.repeat(300)))).toMatchObject({
      kind: 'invalid',
    });
  });
});

it('does not take a web page for SOCKS', () => {
  expect(readSocksGreeting(Buffer.from('GET / HTTP/1.1\r\n'))).toMatchObject({ kind: 'invalid' });
});

describe('whatever bytes come', () => {
  const readers = [readSocksGreeting, readSocks5Request];
  const anything = fc
    .tuple(
      fc.constantFrom<number[]>([], [4, 1], [5], [5, 1, 0, 3], [5, 1, 0, 1]),
      fc.uint8Array({ maxLength: 700 }),
    )
    .map(([start, rest]) => Buffer.concat([Buffer.from(start), rest]));

  it('a decision is made within 600 of them, and never about more than there are', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...readers), (sent, read) => {
        const step = read(sent);
        if (step.kind === 'incomplete') expect(sent.length).toBeLessThan(600);
        if (step.kind === 'request' || step.kind === 'methods')
          expect(step.usedBytes).toBeLessThanOrEqual(sent.length);
        if (step.kind === 'request') expect(step.request.host).not.toMatch(/[\s\0]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('the decision is the same however the network cuts them up', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...readers), (sent, read) => {
        const atOnce = read(sent);
        for (let length = 0; length <= sent.length; length += 1) {
          const step = read(sent.subarray(0, length));
          if (step.kind === 'incomplete') continue;
          // Who sends nonsense may be told so before all of it has come.
          if (atOnce.kind === 'invalid') expect(step.kind).toBe('invalid');
          else expect(step).toEqual(atOnce);
          return;
        }
        expect(atOnce.kind).toBe('incomplete');
      }),
      { numRuns: 500 },
    );
  });
});
