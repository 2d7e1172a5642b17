import i18next from 'i18next';
import { beforeAll, expect, test, vi } from 'vitest';
import { exportedLog } from '../../../../renderer/i18n/exported-log';
import { startI18n } from '../../../../renderer/i18n/i18n';
import type { LogEntry } from '../../../../shared/model/log-entry';

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await startI18n('en');
});

const entry = (code: LogEntry['code'], params: LogEntry['params']): LogEntry => ({
  sequence: 1,
  atMs: Date.UTC(2026, 2, 4, 12, 30, 0, 250),
  level: 'info',
  code,
  params,
});
const exported = (...entries: readonly LogEntry[]) =>
  exportedLog(i18next.getFixedT('en'), entries, { machineName: 'GPU box', version: '0.1.0' });

test('an exported log says whose it is, and when everything was, to the millisecond', () => {
  const text = exported(entry('server-version', { version: 'OpenSSH_9.2' }));
  expect(text).toMatch(
    /^Nuvem 0\.1\.0: connection log of GPU box\n\n2026-03-04T12:30:00\.250Z {2}.*OpenSSH_9\.2/,
  );
});

test('what a server says of secrets stays here; what Nuvem says of methods does not look like one', () => {
  const text = exported(
    entry('server-banner', { text: 'Welcome. The password: hunter2' }),
    entry('auth-trying', { method: 'password' }),
    entry('auth-methods-offered', { methods: 'publickey, password' }),
  );
  expect(text).not.toContain('hunter2');
  expect(text).toContain('The password: …');
  expect(text).toContain('publickey, password');
});
