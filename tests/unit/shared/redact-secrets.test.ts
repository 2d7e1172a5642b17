import { expect, test } from 'vitest';
import { redactSecrets } from '../../../shared/util/redact-secrets';

test.each([
  ['https://ana:hunter2@proxy.example.com/x', 'https://ana:…@proxy.example.com/x'],
  ['Your password: hunter2', 'Your password: …'],
  ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=… psql'],
  ['ncat --proxy-auth ana:hunter2 h 22', 'ncat --proxy-auth … h 22'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
  ['http://localhost:8888/lab?token=0123abcd', 'http://localhost:8888/lab?token=…'],
  ['key AKIAIOSFODNN7EXAMPLE is in use', 'key … is in use'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_x said', 'jwt … said'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\nend', '…\nend'],
  ['-----BEGIN RSA PRIVATE KEY-----\ncut off', '…'],
])('%j leaves this computer as %j', (text, exported) => {
  expect(redactSecrets(text)).toBe(exported);
});

test.each([
  'Your password will expire in 3 days.',
  'SHA256:uNiVztksCsDhcc0u9e8BxrP2Kd0mMmXWaCi2vJCkYxA',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPublicHalf ana@example.com',
  '/home/ana/.ssh/id_ed25519',
  'publickey, password, keyboard-interactive',
])('%j holds no secret and stays', (text) => {
  expect(redactSecrets(text)).toBe(text);
});
