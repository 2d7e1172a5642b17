import { fileURLToPath } from 'node:url';
import { startDbusPeer } from './dbus-peer';

export interface ShownNotification {
  readonly id: number;
  readonly title: string;
  readonly body: string;
}

/** What shows notifications on a desktop: a stand-in of the tests' own, on a D-Bus of its own. */
export interface NotificationDaemon {
  /** For the app whose notifications it shall show. */
  readonly env: Readonly<Record<string, string>>;
  /** What is shown now, oldest first. */
  shown(): Promise<readonly ShownNotification[]>;
  /** Clicks a notification, which then goes away. */
  click(id: number): Promise<void>;
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL('notification-daemon.py', import.meta.url));

/** Starts a session bus with the daemon on it. Rejects with what Python said when its D-Bus bindings are missing. */
export async function startNotificationDaemon(): Promise<NotificationDaemon> {
  const { env, ask, stop } = await startDbusPeer(script);
  return {
    env,
    shown: async () => (await ask({ do: 'shown' })) as readonly ShownNotification[],
    click: async (id) => void (await ask({ do: 'click', id })),
    stop,
  };
}
