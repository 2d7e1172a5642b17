import { describe, expect, test } from 'vitest';
import { readRuntimeFile } from '../../../electron/jupyter/runtime-file';

const file = (change: object): string =>
  JSON.stringify({
    pid: 7,
    port: 8888,
    sock: '',
    hostname: 'localhost',
    base_url: '/',
    token: 't',
    ...change,
  });

describe('a runtime file', () => {
  test('of jupyter-server leads to its port', () => {
    expect(readRuntimeFile(file({ root_dir: '/home/ana', secure: true }))).toEqual({
      pid: 7,
      target: { kind: 'tcp', host: '127.0.0.1', port: 8888, isTls: true },
      baseUrl: '/',
      token: 't',
      folder: '/home/ana',
    });
  });

  test('of the classic notebook names its folder otherwise', () => {
    expect(readRuntimeFile(file({ notebook_dir: '/home/ana' }))?.folder).toBe('/home/ana');
  });

  test('leads to the socket when there is one', () => {
    expect(readRuntimeFile(file({ sock: '/home/ana/s', port: 0 }))?.target).toEqual({
      kind: 'unixSocket',
      path: '/home/ana/s',
      isTls: false,
    });
  });

  test.each([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '127.0.0.1'],
    ['*', '127.0.0.1'],
    ['10.0.0.5', '10.0.0.5'],
  ])('of a server on %s is reached at %s', (hostname, host) => {
    expect(readRuntimeFile(file({ hostname }))?.target).toEqual({
      kind: 'tcp',
      host,
      port: 8888,
      isTls: false,
    });
  });

  test.each([
    ['/', '/'],
    ['/user/ana/', '/user/ana/'],
    ['user/ana', '/user/ana/'],
    ['', '/'],
  ])('with the base %j has its pages below %j', (base_url, baseUrl) => {
    expect(readRuntimeFile(file({ base_url }))?.baseUrl).toBe(baseUrl);
  });

  test.each(['', '{', 'null', '[]', '{"pid":"x"}', file({ port: 0 }), file({ port: 70_000 })])(
    '%s leads nowhere',
    (text) => {
      expect(readRuntimeFile(text)).toBeNull();
    },
  );
});
