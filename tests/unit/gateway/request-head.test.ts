import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequestHead } from '../../../electron/gateway/request-head';

const read = (head: string) => readRequestHead(Buffer.from(head, 'latin1'));
const get = 'GET http://localhost:8888/lab?x=1 HTTP/1.1\r\nHost: localhost:8888\r\n';

describe('the head of a request', () => {
  test('is read as it stands on the wire', () => {
    const head = `${get}Accept:  text/html \r\nCookie: a=1; b=é\r\nX-Empty:\r\nProxy-Connection: keep-alive\r\n\r\n`;
    expect(read(`${head}next`)).toEqual({
      method: 'GET',
      url: 'http://localhost:8888/lab?x=1',
      headers: {
        host: 'localhost:8888',
        accept: 'text/html',
        cookie: 'a=1; b=é',
        'x-empty': '',
        'proxy-connection': 'keep-alive',
      },
      rawHeaders: [
        ...['Host', 'localhost:8888', 'Accept', 'text/html', 'Cookie', 'a=1; b=é', 'X-Empty', ''],
        ...['Proxy-Connection', 'keep-alive'],
      ],
      bodyBytes: 0,
      headBytes: head.length,
    });
  });

  test('tells the length of the body', () => {
    const post = (length: string) =>
      read(`POST http://x/ HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\nabc`)?.bodyBytes;
    expect(post('3')).toBe(3);
    for (const doubtful of ['-3', '+3', '3, 3', '0x3', '3 3', '', '1e3', '9999999999999999'])
      expect(post(doubtful)).toBeUndefined();
  });

  test.each([
    ['is not whole', get],
    ['is of HTTP/1.0', get.replace('1.1', '1.0')],
    ['has no Host', 'GET http://x/ HTTP/1.1\r\n\r\n'],
    ['names its Host twice', `${get}host: localhost:8889\r\n\r\n`],
    ['tells its length twice', `${get}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`],
    ['brings two credentials', `${get}Proxy-Authorization: a\r\nProxy-Authorization: b\r\n\r\n`],
    ['is a tunnel', 'CONNECT localhost:8888 HTTP/1.1\r\nHost: localhost:8888\r\n\r\n'],
    ['has chunks', `${get.replace('GET', 'POST')}Transfer-Encoding: chunked\r\n\r\n`],
    ['is a web socket', `${get}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ['is to be the last one', `${get}Connection: close\r\n\r\n`],
    ['names fields of this hop', `${get}Connection: keep-alive, X-Secret\r\n\r\n`],
    ['expects to be asked for more', `${get.replace('GET', 'POST')}Expect: 100-continue\r\n\r\n`],
    ['is a GET with a body', `${get}Content-Length: 3\r\n\r\n`],
    ['has a folded line', `${get}X: a\r\n b\r\n\r\n`],
    ['has white space before a colon', `${get}X : a\r\n\r\n`],
    ['has a line without a colon', `${get}X\r\n\r\n`],
    ['has a bare line feed', `${get}X: a\nY: b\r\n\r\n`],
    ['has a bare carriage return', `${get}X: a\rY: b\r\n\r\n`],
    ['has a zero', `${get}X: \0\r\n\r\n`],
    ['has a space in its target', get.replace('/lab', '/l ab').concat('\r\n')],
    ['starts with an empty line', `\r\n${get}\r\n`],
  ])('is left to others when it %s', (_what, head) => {
    expect(read(head)).toBeNull();
  });

  test('is never read beyond its end, whatever bytes come', () => {
    const piece = fc.constantFrom(
      'GET http://x/ HTTP/1.1',
      '\r\n',
      'Host: x',
      ': ',
      '\n',
      '\r',
      'a',
      '\0',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const head = read(pieces.join(''));
        if (head === null) return;
        expect(pieces.join('').slice(head.headBytes - 4, head.headBytes)).toBe('\r\n\r\n');
        for (const field of head.rawHeaders) expect(field).not.toMatch(/[\r\n\0]/);
      }),
      { numRuns: 2000 },
    );
  });
});
