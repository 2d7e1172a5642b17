import { describe, expect, test } from 'vitest';
import { endToEndHeaders, requestHeaders, withCookie } from '../../../electron/gateway/forwarded-headers';

describe('headers that travel on', () => {
  test('are all but those of this hop', () => {
    const raw = [
      'Host',
      'a',
      'Connection',
      'keep-alive',
      'Proxy-Connection',
      'x',
      'Keep-Alive',
      '5',
      'Accept',
      '*/*',
    ];
    expect(
      endToEndHeaders([...raw, 'TE', 'trailers', 'Upgrade', 'h2c', 'Transfer-Encoding', 'chunked']),
    ).toEqual(['Host', 'a', 'Accept', '*/*']);
  });

  test('are without those that Connection names', () => {
    expect(endToEndHeaders(['Connection', 'close, X-Private', 'x-private', '1', 'X-Public', '2'])).toEqual([
      'X-Public',
      '2',
    ]);
  });

  test('keep their order, case and repetitions', () => {
    const raw = ['Set-Cookie', 'a=1', 'X-A', '1', 'set-cookie', 'b=2'];
    expect(endToEndHeaders(raw)).toEqual(raw);
  });
});

describe('headers of a request', () => {
  test('never carry the proxy credentials', () => {
    expect(requestHeaders(['Proxy-Authorization', 'Basic x'], 'h', 'keep')).toEqual(['Host', 'h']);
  });

  test('carry the route’s authorization instead of the page’s', () => {
    expect(
      requestHeaders(['authorization', 'token stolen', 'Host', 'evil'], 'localhost:8888', 'token ours'),
    ).toEqual(['Host', 'localhost:8888', 'Authorization', 'token ours']);
  });

  test('carry no authorization at all where none is due', () => {
    expect(requestHeaders(['Authorization', 'token stolen'], 'localhost:8888', null)).toEqual([
      'Host',
      'localhost:8888',
    ]);
  });

  test('keep the page’s authorization where the route has none', () => {
    expect(requestHeaders(['Authorization', 'Bearer x'], 'other', 'keep')).toEqual([
      'Host',
      'other',
      'Authorization',
      'Bearer x',
    ]);
  });
});

describe('the cookie of a login', () => {
  test('stands in one field with those of the page', () => {
    const raw = ['Host', 'a', 'Cookie', '_xsrf=1; theme=dark', 'Accept', '*/*', 'cookie', 'late=2'];
    expect(withCookie(raw, 'username-a=secret')).toEqual([
      'Host',
      'a',
      'Accept',
      '*/*',
      'Cookie',
      '_xsrf=1; theme=dark; late=2; username-a=secret',
    ]);
  });

  test('takes the place of one of its name, and of no other', () => {
    expect(withCookie(['Cookie', 'username-a=old; username-ab=other'], 'username-a=new')).toEqual([
      'Cookie',
      'username-ab=other; username-a=new',
    ]);
  });
});
