/** Runs a program and resolves with what it printed; rejects when it can't be run or fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

const watcher = 'org.kde.StatusNotifierWatcher';
const object = '/StatusNotifierWatcher';
const property = 'IsStatusNotifierHostRegistered';
const getProperty = 'org.freedesktop.DBus.Properties.Get';

/**
 * Whether somebody shows tray icons. Windows and macOS always do. On Linux, Electron makes a tray icon without an
 * error even when nobody shows it, so the desktop is asked over D-Bus (StatusNotifierItem specification), by
 * whichever of the two usual programs is there. No answer means no: then closing the window quits, and nobody is
 * left with an app that they cannot reach. Trays of the older XEmbed kind only are not recognised.
 */
export async function hasTray(platform: NodeJS.Platform, run: RunProgram): Promise<boolean> {
  if (platform !== 'linux') return true;
  try {
    const answer = await run('dbus-send', [
      '--session',
      '--print-reply=literal',
      '--reply-timeout=1500',
      `--dest=${watcher}`,
      object,
      getProperty,
      `string:${watcher}`,
      `string:${property}`,
    ]);
    return /boolean\s+true/.test(answer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
  }
  try {
    const args = ['call', '--session', '--timeout=2', '--dest', watcher, '--object-path', object];
    const answer = await run('gdbus', [...args, '--method', getProperty, watcher, property]);
    return /<true>/.test(answer);
  } catch {
    return false;
  }
}
