import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { errorTexts } from '../../../../renderer/i18n/error-texts';
import { startI18n } from '../../../../renderer/i18n/i18n';
import { logText } from '../../../../renderer/i18n/log-text';
import { errorCodes } from '../../../../shared/errors/error-codes';
import { type LogEntry, logCodes } from '../../../../shared/model/log-entry';
import { gpuMachine, report } from '../../../support/samples';

let english: TFunction;
let portuguese: TFunction;

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await startI18n('en');
  english = i18next.getFixedT('en');
  portuguese = i18next.getFixedT('pt-BR');
});

const entry = (code: LogEntry['code'], params: LogEntry['params']): LogEntry => ({
  sequence: 1,
  atMs: 0,
  level: 'info',
  code,
  params,
});

describe('the texts of an error', () => {
  test('name the facts that it brings', () => {
    const { what } = errorTexts(
      english,
      report('connection-refused', { host: '10.0.0.7', port: 2222 }),
      gpuMachine,
    );
    expect(what).toBe('Reaching the machine failed: 10.0.0.7 answers, but refuses port 2222.');
  });

  test('name the jump host at which it happened', () => {
    const atJump = report('key-refused', {
      ...{ host: '10.0.0.7', user: 'ana' },
      ...{ jumpHost: 'Gate', jumpNumber: 1, jumpCount: 2 },
    });
    expect(errorTexts(english, atJump, gpuMachine).what).toBe(
      'Jump host Gate (1 of 2): Signing in failed: 10.0.0.7 does not accept this key for ana.',
    );
    expect(errorTexts(portuguese, atJump, gpuMachine).what).toMatch(/^Servidor de salto Gate \(1 de 2\): /);
  });

  test('take what it does not bring from the machine', () => {
    expect(errorTexts(english, report('key-refused'), gpuMachine).what).toBe(
      'Signing in failed: gpu.example.com does not accept this key for ubuntu.',
    );
  });

  test.each(errorCodes)('%s never shows braces, whatever facts are missing', (code) => {
    for (const t of [english, portuguese]) {
      const { what, todo } = errorTexts(t, report(code));
      expect(`${what} ${todo}`).not.toMatch(/[{}]|undefined/);
    }
  });
});

describe('the text of a log entry', () => {
  test('translates names and rounds durations', () => {
    expect(logText(portuguese, entry('auth-succeeded', { method: 'password' }))).toBe('Entrou com a senha');
    expect(logText(english, entry('ready', { elapsedMs: 842 }))).toBe('Connected after 0.8 s');
    expect(
      logText(portuguese, entry('notebook-started', { address: 'port 8888', detachedBy: 'tmux' })),
    ).toContain('porta 8888');
  });

  test('says an error by its own sentence', () => {
    const text = logText(english, entry('failed', { errorCode: 'host-not-found', host: 'gpu' }));
    expect(text).toBe('Failed: Finding the machine failed: no address is known for “gpu”.');
  });

  test('keeps a name that has no translation', () => {
    expect(logText(english, entry('auth-refused', { method: 'gssapi' }))).toBe('The machine refused gssapi');
  });

  test.each(logCodes)('%s never shows braces, whatever facts are missing', (code) => {
    expect(logText(portuguese, entry(code, {}))).not.toMatch(/[{}]|undefined/);
  });
});

test('a log line on a way with jump hosts says which server it is about', () => {
  const line = entry('auth-succeeded', { method: 'agent', hop: 'Gate' });
  expect(logText(english, line)).toBe('Gate: Signed in with a key of the SSH agent');
});
