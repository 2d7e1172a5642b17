import { expect, it } from 'vitest';
import { inwardHeaders, outwardHeaders } from '../../../../electron/gateway/browser-access/door-headers';

const names = {
  origin: 'http://nuvem-1.localhost:23456',
  host: 'localhost:8888',
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
