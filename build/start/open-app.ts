import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Arguments that Electron needs on this machine: its sandbox does not work for root. */
export function platformArguments(): readonly string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Opens the built app with the user's arguments and resolves with its exit code when it is closed. */
export async function openApp(executablePath: string, args: readonly string[]): Promise<number> {
  const app = spawn(executablePath, [...platformArguments(), '.', ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal));
  const [code] = await once(app, 'exit');
  return typeof code === 'number' ? code : 1;
}
