import { describe, expect, it } from 'vitest';
import { readCommandLine, readProgramLine } from '../../../electron/cli/command-line';

const read = (line: string) => readCommandLine(line === '' ? [] : line.split(' '));

describe('a command line', () => {
  it.each([
    ['list', { kind: 'list' }],
    ['status --json', { kind: 'status' }],
    ['connect gpu', { kind: 'connect', machine: 'gpu' }],
    ['notebook gpu', { kind: 'notebook', machine: 'gpu' }],
    ['tunnel gpu', { kind: 'tunnel', machine: 'gpu', tunnel: null }],
    ['tunnel gpu db', { kind: 'tunnel', machine: 'gpu', tunnel: 'db' }],
    ['disconnect gpu', { kind: 'disconnect', machine: 'gpu' }],
    ['connect -- -odd-name', { kind: 'connect', machine: '-odd-name' }],
  ])('%s is a command', (line, command) => {
    expect(read(line)).toMatchObject({ kind: 'command', command });
  });

  it('takes options anywhere after the command, and keeps what is for Electron before it', () => {
    expect(read('--no-sandbox connect --timeout 1.5 gpu --json')).toMatchObject({
      isJson: true,
      timeoutMs: 1500,
      switches: ['--no-sandbox'],
    });
    expect(read('connect gpu')).toMatchObject({ isJson: false, timeoutMs: null, switches: [] });
  });

  it.each([
    ['launch gpu', { kind: 'unknownCommand', word: 'launch' }],
    ['connect', { kind: 'nameMissing', command: 'connect' }],
    ['connect gpu box', { kind: 'tooMuch', word: 'box' }],
    ['list all', { kind: 'tooMuch', word: 'all' }],
    ['connect gpu --force', { kind: 'unknownOption', word: '--force' }],
    ['connect gpu --timeout soon', { kind: 'timeoutInvalid' }],
    ['connect gpu --timeout 0', { kind: 'timeoutInvalid' }],
  ])('%s is refused for what is wrong with it', (line, problem) => {
    expect(read(line)).toEqual({ kind: 'wrong', problem });
  });

  it.each(['--help', 'help', 'connect --help', 'list -h'])('%s asks for help', (line) => {
    expect(read(line)).toEqual({ kind: 'help' });
  });

  it('without a command opens the window, with the links in it', () => {
    const plain = { kind: 'app', isHidden: false, opensPalette: false, links: [], files: [] };
    expect(read('')).toEqual(plain);
    expect(read('--lang=pt-BR --hidden')).toEqual({ ...plain, isHidden: true });
    expect(read('--palette')).toEqual({ ...plain, opensPalette: true });
    expect(read('nuvem://connect/gpu')).toEqual({ ...plain, links: ['nuvem://connect/gpu'] });
    expect(read('--x SSH://ana@gpu')).toMatchObject({ kind: 'app', links: ['SSH://ana@gpu'] });
    expect(read('/home/ana/file.yaml')).toMatchObject({ kind: 'app', links: [], files: [] });
  });

  it.each(['/home/ana/lab.nuvem', 'lab.nuvem', 'file:///home/ana/lab.nuvem'])(
    'opens a file of machines in the window: %s',
    (file) => {
      expect(read(`--lang=en ${file}`)).toMatchObject({ kind: 'app', links: [], files: [file] });
    },
  );

  it('does not take a link for a file, whatever it ends in', () => {
    expect(read('nuvem://connect/x.nuvem')).toMatchObject({ links: ['nuvem://connect/x.nuvem'], files: [] });
  });

  it('does not take the folder of an app in development for a command', () => {
    expect(readProgramLine(['electron', '--no-sandbox', '.', 'list'], true)).toMatchObject({
      command: { kind: 'list' },
    });
    expect(readProgramLine(['nuvem', 'list'], false)).toMatchObject({ command: { kind: 'list' } });
  });
});
