import type { RunProgram } from './tray-presence';

const daemon = 'org.freedesktop.Notifications';
const object = '/org/freedesktop/Notifications';

/**
 * Whether somebody shows notifications. Windows and macOS always do. On Linux, Electron shows one without an error
 * even when nobody is there to show it, so the desktop is asked over D-Bus (Desktop Notifications Specification),
 * which starts a daemon that is only installed. No answer means no.
 */
export async function showsNotifications(platform: NodeJS.Platform, run: RunProgram): Promise<boolean> {
  if (platform !== 'linux') return true;
  const question = `${daemon}.GetServerInformation`;
  try {
    const args = ['--session', '--print-reply', '--reply-timeout=1500', `--dest=${daemon}`, object, question];
    await run('dbus-send', args);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
  }
  try {
    const args = ['call', '--session', '--timeout=2', '--dest', daemon, '--object-path', object];
    await run('gdbus', [...args, '--method', question]);
    return true;
  } catch {
    return false;
  }
}
