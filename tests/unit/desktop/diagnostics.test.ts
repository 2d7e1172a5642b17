import { describe, expect, it } from 'vitest';
import { type DiagnosticsFacts, diagnosticsText } from '../../../electron/desktop/diagnostics';

const facts: DiagnosticsFacts = {
  version: '0.1.0',
  isPackaged: true,
  electronVersion: '45.4.1',
  chromiumVersion: '150.0',
  nodeVersion: '26.0.0',
  system: 'linux 6.1.0 x64',
  language: 'pt-BR en',
  textLanguage: 'pt-BR',
  keepsSecrets: true,
  hasTray: false,
  uptimeSeconds: 185,
  machines: [
    { connection: 'ready', notebooks: 2, tunnels: 1 },
    { connection: 'idle', notebooks: null, tunnels: 0 },
    { connection: 'waitingToRetry', notebooks: null, tunnels: 0 },
  ],
  openPages: 3,
  logLines: [],
  home: '/home/ana',
};

describe('the diagnostics', () => {
  it('tell versions, the system and the states in words', () => {
    const text = diagnosticsText(facts);
    for (const part of [
      'Nuvem 0.1.0 (packaged)',
      'Electron 45.4.1, Chromium 150.0, Node.js 26.0.0',
      'linux 6.1.0 x64',
      'Keyring: yes; tray: no',
      'Running for 3 min, 3 pages open',
      'Machines: 3, used in this run: 2',
      'machine 1: connected, notebooks: 2, tunnels: 1',
      'machine 2: lost, tries again, notebooks: not looked for, tunnels: 0',
    ])
      expect(text).toContain(part);
  });

  it('have the log without secrets and without the user’s name', () => {
    const text = diagnosticsText({
      ...facts,
      logLines: ['[error] /home/ana/.ssh/id: token=abc123', 'http://ana:sesame@proxy:3128 refused'],
    });
    expect(text).toContain('[error] ~/.ssh/id: token=…');
    expect(text).toContain('http://ana:…@proxy:3128 refused');
    expect(text).not.toMatch(/abc123|sesame|\/home\/ana/);
  });

  it('say so when the log is empty', () => {
    expect(diagnosticsText(facts)).toContain('Log:\n  nothing');
  });
});
