import { expect, it } from 'vitest';
import {
  findPortOwnerByProgram,
  readLsof,
  readNetstat,
} from '../../../electron/tunnel/port-owner-by-program';

it('macOS names the program that listens', async () => {
  const asked: string[] = [];
  const owner = await findPortOwnerByProgram(8888, 'darwin', async (program, args) => {
    asked.push([program, ...args].join(' '));
    return 'p4711\ncpython3.12\nf7\n';
  });
  expect(owner).toEqual({ processId: 4711, name: 'python3.12' });
  expect(asked).toEqual(['lsof -nP -iTCP:8888 -sTCP:LISTEN -Fpc']);
});

it('Windows names it in any language', async () => {
  const netstat = [
    ...[
      '',
      'Aktive Verbindungen',
      '',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    ],
    '  TCP    10.0.0.5:8888          10.0.0.9:52100         HERGESTELLT     99',
    '  TCP    127.0.0.1:8888         0.0.0.0:0              ABHÖREN         1234',
  ].join('\r\n');
  const owner = await findPortOwnerByProgram(8888, 'win32', async (program) =>
    program === 'netstat' ? netstat : '"python.exe","1234","Console","1","98.304 K"\r\n',
  );
  expect(owner).toEqual({ processId: 1234, name: 'python.exe' });
  expect(readNetstat(netstat, 888)).toBeNull();
});

it('nobody is named when nobody is seen, or the programs are missing', async () => {
  expect(readLsof('')).toBeNull();
  expect(await findPortOwnerByProgram(1, 'darwin', () => Promise.reject(new Error('ENOENT')))).toBeNull();
  expect(await findPortOwnerByProgram(1, 'win32', async () => 'nothing')).toBeNull();
});
