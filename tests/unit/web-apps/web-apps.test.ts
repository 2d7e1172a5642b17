import { describe, expect, it } from 'vitest';
import { readTitle } from '../../../electron/web-apps/probe-port';
import { besideNotebooks } from '../../../electron/web-apps/web-app-service';
import { mayBeWebApp, webAppAddress } from '../../../shared/model/web-app';

it.each([
  ['<html><head><title>TensorBoard</title>', 'TensorBoard'],
  ['<TITLE lang="en">\n  Spark &amp; Hive\n</TITLE>', 'Spark & Hive'],
  ['<title>&lt;b&gt; &quot;it&#39;s&quot;</title>', '<b> "it\'s"'],
  ['<h1>No title</h1>', ''],
])('of %s the title is “%s”', (html, title) => {
  expect(readTitle(html)).toBe(title);
});

it.each([
  [{ port: 6006, process: 'tensorboard' }, true],
  [{ port: 80, process: '' }, true],
  [{ port: 5432, process: '' }, false],
  [{ port: 54321, process: 'postgres' }, false],
  [{ port: 8888, process: 'jupyter-lab' }, false],
  [{ port: 2222, process: 'sshd' }, false],
  [{ port: 631, process: 'cupsd' }, false],
])('%o might show a page: %s', (port, mayBe) => {
  expect(mayBeWebApp({ host: '127.0.0.1', ...port })).toBe(mayBe);
});

it.each([
  [{ scheme: 'http', host: '127.0.0.1', port: 6006 }, 'http://localhost:6006/'],
  [{ scheme: 'https', host: '10.0.0.5', port: 443 }, 'https://10.0.0.5/'],
  [{ scheme: 'http', host: 'fd00::1', port: 8088 }, 'http://[fd00::1]:8088/'],
] as const)('%o is at %s', (app, address) => {
  expect(webAppAddress(app)).toBe(address);
});

describe('where a notebook on a unix socket goes by a port', () => {
  const socket = { kind: 'unixSocket', path: '/run/s' } as const;
  const gateway = (target: typeof socket | { kind: 'tcp'; host: string; port: number }) => ({
    routes: () => [{ host: 'localhost:8888', target, authorization: 'token x' }],
  });

  it('what really listens there is reached by the address', () => {
    expect(besideNotebooks('http://localhost:8888/x', gateway(socket))).toBe('http://127.0.0.1:8888/x');
  });

  it('other ports and names stay as they are', () => {
    expect(besideNotebooks('http://localhost:6006/', gateway(socket))).toBe('http://localhost:6006/');
    expect(besideNotebooks('http://node-1:8888/', gateway(socket))).toBe('http://node-1:8888/');
  });

  it('a notebook that listens there itself stays where it is', () => {
    const itself = { kind: 'tcp', host: 'localhost', port: 8888 } as const;
    expect(besideNotebooks('http://localhost:8888/', gateway(itself))).toBe('http://localhost:8888/');
  });
});
