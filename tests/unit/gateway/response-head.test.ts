import { describe, expect, test } from 'vitest';
import {
  MalformedResponse,
  readResponseHead,
  writeResponseHead,
} from '../../../electron/gateway/response-head';

const read = (head: string, method = 'GET') => readResponseHead(Buffer.from(head, 'latin1'), method);

describe('the head of an answer', () => {
  test('keeps what is meant for the browser, and every cookie', () => {
    const head =
      'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=é\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 3\r\n\r\n';
    expect(read(`${head}abc`)).toMatchObject({
      status: 200,
      headers: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=é'],
      body: { kind: 'length', bytes: 3 },
      keepsAlive: true,
      headBytes: head.length,
    });
  });

  test('is waited for', () => {
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n')).toBeNull();
    expect(() => read(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`)).toThrow(MalformedResponse);
  });

  test.each([
    ['a length', 'GET', '200 OK\r\nContent-Length: 7', 'Content-Length: 7'],
    ['chunks', 'GET', '200 OK\r\nTransfer-Encoding: Chunked', 'Transfer-Encoding: chunked'],
    ['neither', 'GET', '200 OK', 'Transfer-Encoding: chunked'],
    ['a length, asked for the head alone', 'HEAD', '200 OK\r\nContent-Length: 7', 'Content-Length: 7'],
    ['a length that is known already', 'GET', '304 Not Modified\r\nContent-Length: 7', 'Content-Length: 7'],
    ['nothing', 'GET', '204 No Content\r\nContent-Length: 0', null],
    ['nothing, in chunks', 'HEAD', '200 OK\r\nTransfer-Encoding: chunked', null],
  ])('with %s tells the browser its end in one way', (_what, method, lines, told) => {
    const head = read(`HTTP/1.1 ${lines}\r\n\r\n`, method);
    if (head === null) throw new Error('the head is whole');
    const fields = writeResponseHead(head).trimEnd().split('\r\n').slice(1);
    expect(fields).toEqual(told === null ? [] : [told]);
  });

  test.each([
    ['HTTP/1.1 200 OK', true],
    ['HTTP/1.1 200 OK\r\nConnection: Close', false],
    ['HTTP/1.1 200 OK\r\nConnection: keep-alive, close', false],
    ['HTTP/1.0 200 OK', false],
    ['HTTP/1.0 200 OK\r\nConnection: Keep-Alive', true],
  ])('%j: the connection can be used again: %s', (lines, keepsAlive) => {
    expect(read(`${lines}\r\nContent-Length: 0\r\n\r\n`)?.keepsAlive).toBe(keepsAlive);
  });

  test.each([
    ['two lengths', '200 OK\r\nContent-Length: 3\r\nContent-Length: 3'],
    ['a list of lengths', '200 OK\r\nContent-Length: 3, 3'],
    ['a length that is no number', '200 OK\r\nContent-Length: +3'],
    ['a length and chunks', '200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked'],
    ['an unknown coding', '200 OK\r\nTransfer-Encoding: chunked, x'],
    ['two codings', '200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked'],
    ['a folded line', '200 OK\r\nX: a\r\n b'],
    ['a bare line feed', '200 OK\r\nX: a\nSet-Cookie: b=1'],
    ['another protocol', '101 Switching Protocols\r\nUpgrade: x'],
    ['no number', 'OK'],
  ])('with %s is refused', (_what, lines) => {
    expect(() => read(`HTTP/1.1 ${lines}\r\n\r\n`)).toThrow(MalformedResponse);
  });

  test('of HTTP/1.0 with chunks is refused', () => {
    expect(() => read('HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')).toThrow(MalformedResponse);
  });
});
