import { describe, expect, it } from 'vitest';
import { type PackageFacts, updateObstacle } from '../../../electron/updates/update-obstacle';

const appImage: PackageFacts = {
  platform: 'linux',
  isPackaged: true,
  executable: '/tmp/.mount_NuvemX/nuvem',
  env: { APPIMAGE: '/home/ana/Nuvem.AppImage', APPDIR: '/tmp/.mount_NuvemX' },
  feed: {},
  isSignedForApple: false,
  appImageKey: 'key',
};
const windows: PackageFacts = {
  ...appImage,
  platform: 'win32',
  executable: 'C:\\Program Files\\Nuvem\\Nuvem.exe',
  env: {},
  feed: { publisherName: ['The Nuvem developers'] },
  appImageKey: null,
};
const mac: PackageFacts = {
  ...appImage,
  platform: 'darwin',
  executable: '/Applications/Nuvem.app/Contents/MacOS/Nuvem',
  env: {},
  isSignedForApple: true,
  appImageKey: null,
};

describe('a copy of Nuvem updates itself', () => {
  it.each([
    ['as an AppImage whose makers sign', appImage],
    ['as a signed installation on Windows', windows],
    ['as a signed app on macOS', mac],
  ])('%s', (_name, facts) => {
    expect(updateObstacle(facts)).toBeNull();
  });
});

describe('a copy of Nuvem leaves itself alone', () => {
  it.each([appImage, windows, mac])('when it runs from its sources ($platform)', (facts) => {
    expect(updateObstacle({ ...facts, isPackaged: false })).toBe('source');
  });

  it.each([appImage, windows, mac])('when its package names no feed ($platform)', (facts) => {
    expect(updateObstacle({ ...facts, feed: null })).toBe('noFeed');
  });

  it('when a package manager owns it', () => {
    const installed = { ...appImage, executable: '/opt/Nuvem/nuvem', env: {} };
    expect(updateObstacle(installed)).toBe('elsewhere');
  });

  it('when a package manager owns it and another AppImage has started it', () => {
    expect(updateObstacle({ ...appImage, executable: '/opt/Nuvem/nuvem' })).toBe('elsewhere');
    expect(updateObstacle({ ...appImage, executable: '/tmp/.mount_NuvemXY/nuvem' })).toBe('elsewhere');
  });

  it('when somebody has unpacked it by hand', () => {
    expect(updateObstacle({ ...appImage, executable: '/home/ana/nuvem/nuvem', env: {} })).toBe('elsewhere');
    expect(updateObstacle({ ...windows, env: { PORTABLE_EXECUTABLE_FILE: 'D:\\Nuvem.exe' } })).toBe(
      'elsewhere',
    );
  });

  it('when nobody could tell a release of its makers from somebody else’s', () => {
    expect(updateObstacle({ ...appImage, appImageKey: null })).toBe('unverifiable');
    expect(updateObstacle({ ...mac, isSignedForApple: false })).toBe('unverifiable');
    for (const publisherName of [undefined, null, '', [], [''], 5])
      expect(updateObstacle({ ...windows, feed: { publisherName } })).toBe('unverifiable');
  });
});
