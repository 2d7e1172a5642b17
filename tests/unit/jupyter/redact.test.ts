import { expect, test } from 'vitest';
import { redact } from '../../../electron/jupyter/redact';

test('a log shows no token, no colour code and no empty line', () => {
  const token = 'a1'.repeat(24);
  expect(
    redact([
      '\u001b[32m[I 10:00:00 ServerApp]\u001b[m Jupyter Server is running at:',
      `    http://localhost:8888/lab?token=${token}&x=1`,
      `key ${token} end`,
      '   ',
      'ModuleNotFoundError: No module named jupyterlab',
    ]),
  ).toEqual([
    '[I 10:00:00 ServerApp] Jupyter Server is running at:',
    '    http://localhost:8888/lab?token=…&x=1',
    'key … end',
    'ModuleNotFoundError: No module named jupyterlab',
  ]);
});
