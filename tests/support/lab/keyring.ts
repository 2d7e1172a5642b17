import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endChild, startSessionBus } from './session-bus';

/** A desktop session with a real, unlocked GNOME keyring. */
export interface Keyring {
  /** For the app that shall keep its secrets in it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a keyring whose files lie in `home`. The same home gives the same keyring again. */
export async function startKeyring(home: string): Promise<Keyring> {
  const bus = await startSessionBus();
  const env = { ...bus.env, HOME: home, XDG_CURRENT_DESKTOP: 'GNOME' };
  const watch = spawn('dbus-monitor', ['--session', "type='signal',member='NameOwnerChanged'"], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: watch.stdout });
  // Its first line says that it is listening: from then on nothing is missed.
  await once(lines, 'line');
  const isThere = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('"org.freedesktop.secrets"')) resolve();
    });
  });
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin.end('keyring password');
  await Promise.race([isThere, once(daemon, 'exit').then(() => Promise.reject(new Error('No keyring')))]);
  await endChild(watch);
  return {
    env,
    stop: async () => {
      await endChild(daemon);
      await bus.stop();
    },
  };
}
