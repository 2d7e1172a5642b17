import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeElectron } from '../../../build/security/electron-support';

describe('the Electron of the app', () => {
  it('ships one exact version of Electron', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly devDependencies: { readonly electron: string };
    };
    expect(judgeElectron(devDependencies.electron, devDependencies.electron)).toBeNull();
  });

  it('is looked after as long as it is one of the last three majors', () => {
    expect(judgeElectron('45.4.1', '47.0.0')).toBeNull();
    expect(judgeElectron('45.4.1', '48.0.0')).toContain('45.4.1 gets no security fixes');
  });

  it('is refused when it is a range, or when nobody knows the latest', () => {
    expect(judgeElectron('^45.4.1', '45.4.1')).toContain('not pinned');
    expect(judgeElectron('45.4.1', '')).toContain('does not know');
  });
});
