import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkedBody } from '../../../electron/gateway/chunked-body';
import { MalformedResponse } from '../../../electron/gateway/response-head';

/** What the body holds and what is left behind it, given in pieces that end at `cuts`. */
function taken(text: string, cuts: readonly number[] = []): { data: string; rest: string; isOver: boolean } {
  const bytes = Buffer.from(text, 'latin1');
  const body = new ChunkedBody();
  let data = '';
  let rest = '';
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let start = 0;
  for (const end of ends) {
    const piece = bytes.subarray(start, end);
    const at = body.take(piece, 0, (from, to) => {
      data += piece.toString('latin1', from, to);
    });
    rest += piece.toString('latin1', at);
    start = end;
  }
  return { data, rest, isOver: body.isOver };
}

describe('a chunked body', () => {
  test('is the same however it was cut on its way', () => {
    const chunk = fc.string({ minLength: 1, maxLength: 300, unit: 'binary-ascii' });
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (chunks, cuts) => {
          const lines = chunks.map((text) => `${text.length.toString(16)}\r\n${text}\r\n`).join('');
          const whole = `${lines}0\r\n\r\nHTTP/1.1 200 OK`;
          expect(taken(whole, cuts)).toEqual({
            data: chunks.join(''),
            rest: 'HTTP/1.1 200 OK',
            isOver: true,
          });
          expect(taken(whole.slice(0, lines.length), cuts).isOver).toBe(false);
        },
      ),
    );
  });

  test('loses its extensions and trailers', () => {
    expect(taken('3;a="b"\r\nabc\r\n000;x\r\nDigest: 1\r\nX: 2\r\n\r\n')).toEqual({
      data: 'abc',
      rest: '',
      isOver: true,
    });
  });

  test.each([
    ['has no number', 'x\r\n'],
    ['has a signed number', '+3\r\nabc\r\n'],
    ['has a number with a prefix', '0x3\r\nabc\r\n'],
    ['has a number beyond reason', 'fffffffffffffffff\r\n'],
    ['has no size', '\r\n'],
    ['ends its lines by a line feed', '3\nabc\n'],
    ['has a chunk that goes on', '3\r\nabcd\r\n'],
    ['has a carriage return in an extension', '3;a\rb\r\nabc\r\n'],
    ['has an endless line', `3;${'x'.repeat(5000)}`],
    ['has endless trailers', `0\r\n${`X: ${'x'.repeat(1000)}\r\n`.repeat(20)}`],
  ])('is refused when it %s', (_what, text) => {
    expect(() => taken(text)).toThrow(MalformedResponse);
  });
});
