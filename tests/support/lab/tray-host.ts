import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild, startSessionBus } from './session-bus';

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
  const bus = await startSessionBus();
  const { env } = bus;
  // Debian's own Python: the D-Bus bindings belong to it and to no other.
  const host = spawn('/usr/bin/python3', [script], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  host.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`The tray ended: ${complaints}`);
    const { value, error } = JSON.parse(line) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(`The tray could not: ${error}`);
    return value;
  };
  const ask = (request: object): Promise<unknown> => {
    host.stdin.write(`${JSON.stringify(request)}\n`);
    return answer();
  };
  await answer();
  return {
    env,
    menu: async () => (await ask({ do: 'menu' })) as readonly TrayEntry[],
    press: async (...path) => void (await ask({ do: 'press', path })),
    activate: async () => void (await ask({ do: 'activate' })),
    stop: async () => {
      await endChild(host);
      await bus.stop();
    },
  };
}
