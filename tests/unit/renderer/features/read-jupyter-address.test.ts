import { describe, expect, it } from 'vitest';
import { readJupyterAddress } from '../../../../renderer/features/notebook/read-jupyter-address';

const own = { host: '127.0.0.1', port: 8888, isTls: false, baseUrl: '/' };

describe('what a user types to say where a Jupyter server is', () => {
  it.each([
    ['8888', own, ''],
    [' localhost:8888 ', own, ''],
    ['http://127.0.0.1:8888/lab?token=abc', own, 'abc'],
    ['http://localhost:8888/lab/tree/work/a.ipynb', own, ''],
    ['http://localhost:8888/?token=4f', own, '4f'],
    ['http://0.0.0.0:8888/tree', own, ''],
    ['http://localhost:8888/user/ana/lab', { ...own, baseUrl: '/user/ana/' }, ''],
    ['http://localhost:8888/user/ana/', { ...own, baseUrl: '/user/ana/' }, ''],
    ['https://node7:8889/login?next=%2Flab', { ...own, host: 'node7', port: 8889, isTls: true }, ''],
    ['http://[fe80::7]:8888/', { ...own, host: 'fe80::7' }, ''],
  ])('%s', (typed, address, token) => {
    expect(readJupyterAddress(typed)).toEqual({ address, token });
  });

  it.each(['', 'two words', '0', '70000', 'http://', 'ftp://host/', 'http://ana@host:8888/'])(
    'nothing in “%s”',
    (typed) => {
      expect(readJupyterAddress(typed)).toBeNull();
    },
  );
});
