import { describe, expect, it } from 'vitest';
import { readListeningPorts } from '../../../electron/tunnel/listening-ports';

describe('what listens on a machine', () => {
  it('is read from ss, with its program', () => {
    const output = [
      'Welcome to the machine!',
      'nuvem-ports ss',
      'LISTEN 0      128          0.0.0.0:22         0.0.0.0:*',
      'LISTEN 0      50                 *:4040             *:*    users:(("java",pid=812,fd=311))',
      'LISTEN 0      128        127.0.0.1:8888       0.0.0.0:*    users:(("jupyter-lab",pid=90,fd=6))',
      'LISTEN 0      128            [::1]:8888          [::]:*    users:(("jupyter-lab",pid=90,fd=7))',
      'LISTEN 0      4096   127.0.0.53%lo:53         0.0.0.0:*',
      'LISTEN 0      4096        10.0.0.7:5432       0.0.0.0:*',
      '',
    ].join('\n');
    expect(readListeningPorts(output)).toEqual([
      { port: 4040, host: '127.0.0.1', process: 'java' },
      { port: 5432, host: '10.0.0.7', process: '' },
      { port: 8888, host: '127.0.0.1', process: 'jupyter-lab' },
    ]);
  });

  it('is read from /proc where there is no ss', () => {
    const output = [
      'nuvem-ports proc',
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:0FC8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 21 1',
      '   1: 0700000A:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 22 1',
      '   2: 0100007F:0FC8 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 23 1',
      '   0: 00000000000000000000000001000000:22B8 00000000000000000000000000000000:0000 0A 0:0 00:0 0 1 0 24 1',
    ].join('\n');
    expect(readListeningPorts(output)).toEqual([
      { port: 4040, host: '127.0.0.1', process: '' },
      { port: 5432, host: '10.0.0.7', process: '' },
      { port: 8888, host: '::1', process: '' },
    ]);
  });

  it('is read from netstat on macOS', () => {
    const output = [
      'nuvem-ports netstat',
      'Active Internet connections (including servers)',
      'tcp4       0      0  127.0.0.1.4040         *.*                    LISTEN',
      'tcp46      0      0  *.8888                 *.*                    LISTEN',
      'tcp4       0      0  10.0.0.7.52110         17.0.0.1.443           ESTABLISHED',
    ].join('\n');
    expect(readListeningPorts(output)?.map(({ port }) => port)).toEqual([4040, 8888]);
  });

  it('is nothing on an idle machine, and unknown where the question was not understood', () => {
    expect(readListeningPorts('nuvem-ports ss\n')).toEqual([]);
    expect(readListeningPorts('Unknown command: sh')).toBeNull();
  });
});
