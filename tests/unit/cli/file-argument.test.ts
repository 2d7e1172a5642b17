import { describe, expect, it } from 'vitest';
import { isNuvemFile, pathOfFileArgument } from '../../../electron/cli/file-argument';

describe('a file on the command line', () => {
  it.each(['/home/ana/lab.nuvem', 'lab.nuvem', 'C:\\lab.NUVEM', 'file:///home/ana/lab.nuvem'])(
    'is one of Nuvem’s: %s',
    (argument) => expect(isNuvemFile(argument)).toBe(true),
  );

  it.each(['/home/ana/lab.yaml', 'nuvem://connect/lab', '--x.nuvem', '.nuvem/', 'notebook.ipynb', '.nuvem'])(
    'is none of Nuvem’s: %s',
    (argument) => expect(isNuvemFile(argument)).toBe(false),
  );

  it('is found from where the command was given', () => {
    expect(pathOfFileArgument('lab.nuvem', '/home/ana')).toBe('/home/ana/lab.nuvem');
    expect(pathOfFileArgument('/srv/lab.nuvem', '/home/ana')).toBe('/srv/lab.nuvem');
  });

  it('may come as an address, with all that addresses escape', () => {
    expect(pathOfFileArgument('file:///home/ana/my%20lab.nuvem', '/')).toBe('/home/ana/my lab.nuvem');
  });

  it.runIf(process.platform !== 'win32')('on another computer is not opened', () => {
    expect(pathOfFileArgument('file://other/lab.nuvem', '/')).toBeNull();
  });
});
