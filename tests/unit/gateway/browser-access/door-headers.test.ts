import { expect, it } from 'vitest';
import { inwardHeaders, outwardHeaders } from '../../../../electron/gateway/browser-access/door-headers';

const names = {
  origin: 'http://nuvem-1.localhost:23456',
  there: 'http://localhost:8888',
  cookie: 'nuvem-door-23456',
};

it('a request looks to the server as if its browser were on the machine, without the door’s cookie', () => {
  const raw = [
    ...['Host', 'nuvem-1.localhost:23456', 'Origin', 'http://nuvem-1.localhost:23456'],
    ...['Referer', 'http://nuvem-1.localhost:23456/lab?x', 'Cookie', 'a=1; nuvem-door-23456=secret; _xsrf=2'],
    ...['Accept', '*/*', 'Connection', 'keep-alive'],
  ];
  expect(inwardHeaders(raw, names)).toEqual([
    ...['Host', 'localhost:8888', 'Origin', 'http://localhost:8888'],
    ...['Referer', 'http://localhost:8888/lab?x', 'Cookie', 'a=1; _xsrf=2'],
    ...['Accept', '*/*'],
  ]);
  expect(inwardHeaders(['Cookie', 'nuvem-door-23456=secret'], names)).toEqual(['Host', 'localhost:8888']);
});

it('an answer stays at the door and cannot replace its cookie', () => {
  const raw = [
    ...['Location', 'http://localhost:8888/lab', 'Set-Cookie', '_xsrf=2; Path=/'],
    ...['Set-Cookie', 'nuvem-door-23456=mine; Path=/', 'Content-Type', 'text/html'],
  ];
  expect(outwardHeaders(raw, names)).toEqual([
    ...['Location', 'http://nuvem-1.localhost:23456/lab', 'Set-Cookie', '_xsrf=2; Path=/'],
    ...['Content-Type', 'text/html'],
  ]);
  const elsewhere = ['Location', 'http://localhost:88880/x'];
  expect(outwardHeaders(elsewhere, names)).toEqual(elsewhere);
});

it('cookies of an https server are such as a browser takes at the door, and nothing tells it to ask by https', () => {
  const secure = { ...names, there: 'https://localhost:9443' };
  const raw = [
    ...['Location', 'https://localhost:9443/hub/', 'Strict-Transport-Security', 'max-age=31536000'],
    ...['Set-Cookie', '_xsrf=2; Path=/hub/; Secure; HttpOnly; SameSite=None'],
    ...['Set-Cookie', 'hub=secure; secure; SameSite=Lax'],
    ...['Set-Cookie', '__Host-id=1; Path=/; Secure'],
  ];
  expect(outwardHeaders(raw, secure)).toEqual([
    ...['Location', 'http://nuvem-1.localhost:23456/hub/'],
    ...['Set-Cookie', '_xsrf=2; Path=/hub/; HttpOnly'],
    ...['Set-Cookie', 'hub=secure; SameSite=Lax'],
    ...['Set-Cookie', '__Host-id=1; Path=/; Secure'],
  ]);
  expect(outwardHeaders(['Set-Cookie', 'a=1; Secure'], names)).toEqual(['Set-Cookie', 'a=1; Secure']);
});
