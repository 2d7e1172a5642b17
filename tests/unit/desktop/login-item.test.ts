import { describe, expect, it } from 'vitest';
import { makeLoginItem, ownProgram } from '../../../electron/desktop/login-item';

type App = Parameters<typeof makeLoginItem>[0]['app'];
type LoginItemSettings = ReturnType<App['getLoginItemSettings']>;

const none: LoginItemSettings = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: 'not-registered',
  executableWillLaunchAtLogin: false,
  launchItems: [],
};

/** An Electron that remembers what it was told. */
function makeApp(now: Partial<LoginItemSettings> = {}) {
  const told: unknown[] = [];
  const app: App = {
    getLoginItemSettings: () => ({ ...none, ...now }),
    setLoginItemSettings: (settings) => told.push(settings),
  };
  return { app, told };
}
const program = { path: 'C:\\Program Files\\Nuvem\\Nuvem.exe', args: [] };
const item = (platform: NodeJS.Platform, app: App) =>
  makeLoginItem({ platform, app, program, configFolder: '/nowhere' });

describe('on Windows', () => {
  const entry = { name: 'Nuvem', path: program.path, args: [], scope: 'user' as const, enabled: false };

  it('the program is told in quotes, with what keeps its window away', () => {
    const { app, told } = makeApp();
    item('win32', app).set(true, true);
    expect(told).toEqual([{ openAtLogin: true, path: `"${program.path}"`, args: ['--hidden'] }]);
  });

  it('is off once the Task Manager says so, but not because the program lies elsewhere', () => {
    expect(item('win32', makeApp({ launchItems: [entry] }).app).isOn()).toBe(false);
    expect(item('win32', makeApp().app).isOn()).toBe(true);
  });
});

describe('on a Mac', () => {
  it('is on when the system says so, or waits for the user’s consent', () => {
    expect(item('darwin', makeApp({ openAtLogin: true }).app).isOn()).toBe(true);
    expect(item('darwin', makeApp({ status: 'requires-approval' }).app).isOn()).toBe(true);
    expect(item('darwin', makeApp().app).isOn()).toBe(false);
  });

  it('says that it was started at login, since it gets no arguments', () => {
    expect(item('darwin', makeApp({ wasOpenedAtLogin: true }).app).hasStartedIt).toBe(true);
  });
});

it('what is started is what the user started, not what it unpacked', () => {
  const execPath = '/tmp/.mount_Nuvem/nuvem';
  const of = (env: NodeJS.ProcessEnv, appFolder: string | null = null) =>
    ownProgram({ execPath, env, appFolder });
  expect(of({ APPIMAGE: '/home/ana/Nuvem.AppImage' })).toEqual({
    path: '/home/ana/Nuvem.AppImage',
    args: [],
  });
  expect(of({ PORTABLE_EXECUTABLE_FILE: 'D:\\Nuvem.exe' }).path).toBe('D:\\Nuvem.exe');
  expect(of({}).path).toBe(execPath);
  expect(of({}, '/home/ana/nuvem')).toEqual({ path: execPath, args: ['/home/ana/nuvem'] });
});
