import { fileURLToPath } from 'node:url';
import { startDbusPeer } from './dbus-peer';

export interface TrayEntry {
  readonly label: string;
  readonly isEnabled: boolean;
  readonly entries: readonly TrayEntry[];
}

/** A desktop session's tray, on a D-Bus of its own. */
export interface TrayHost {
  /** For the app that shall be shown in it. */
  readonly env: Readonly<Record<string, string>>;
  /** The menu of the icon that appeared last. */
  menu(): Promise<readonly TrayEntry[]>;
  /** Chooses the entry to which these beginnings of labels lead. */
  press(...path: readonly string[]): Promise<void>;
  /** Clicks the icon. */
  activate(): Promise<void>;
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL('tray-host.py', import.meta.url));

/** Starts a session bus with a tray on it. Rejects with what Python said when its D-Bus bindings are missing. */
export async function startTrayHost(): Promise<TrayHost> {
  const { env, ask, stop } = await startDbusPeer(script);
  return {
    env,
    menu: async () => (await ask({ do: 'menu' })) as readonly TrayEntry[],
    press: async (...path) => void (await ask({ do: 'press', path })),
    activate: async () => void (await ask({ do: 'activate' })),
    stop,
  };
}
