import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LabApp } from './app';

/** A secret that a test gave to the app, under a name for the test's report. */
export type Secrets = Readonly<Record<string, string>>;

/** One message between the app's page and its main process. */
export interface HeardMessage {
  readonly to: 'main' | 'page';
  readonly channel: string;
  readonly text: string;
}

/** Names of the secrets that some bytes hold: as they are, or as programs like to write them down. */
export function secretsIn(bytes: Buffer, secrets: Secrets): readonly string[] {
  return Object.keys(secrets).filter((name) => {
    const secret = secrets[name] ?? '';
    const plain = Buffer.from(secret);
    const forms = [
      plain,
      Buffer.from(secret, 'utf16le'),
      Buffer.from(plain.toString('base64').replace(/=+$/, '')),
      Buffer.from(plain.toString('base64url')),
      Buffer.from(plain.toString('hex')),
      Buffer.from(encodeURIComponent(secret)),
    ];
    return forms.some((form) => bytes.includes(form));
  });
}

/** The files below a folder that hold a secret, as `<secret> in <path> (private)` or `(open to others)`. */
export async function secretsInFiles(folder: string, secrets: Secrets): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // What runs goes on writing, and removes what it needs no longer.
    const bytes = await readFile(path).catch(() => null);
    const names = bytes === null ? [] : secretsIn(bytes, secrets);
    if (names.length === 0) continue;
    const openness = (await isPrivate(folder, path)) ? 'private' : 'open to others';
    found.push(...names.map((name) => `${name} in ${path} (${openness})`));
  }
  return found;
}

/** Whether the modes of a file, and of the folders between it and `top`, let nobody in but its user. */
async function isPrivate(top: string, path: string): Promise<boolean> {
  if (((await stat(path)).mode & 0o066) === 0) return true;
  for (let folder = dirname(path); folder !== top; folder = dirname(folder))
    if (((await stat(folder)).mode & 0o011) === 0) return true;
  return false;
}

/** All processes of this computer that have a secret in their arguments or in their environment. Linux only. */
export async function secretsInProcesses(secrets: Secrets): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const place of ['cmdline', 'environ']) {
      const bytes = await readFile(`/proc/${pid}/${place}`).catch(() => null);
      const names = bytes === null ? [] : secretsIn(bytes, secrets);
      found.push(...names.map((name) => `${name} in ${place} of process ${pid}`));
    }
  }
  return found;
}

/** From now on every message between page and main process is kept; the returned function tells what was heard. */
export async function listenToMessages(app: LabApp): Promise<() => Promise<readonly HeardMessage[]>> {
  await app.electron.evaluate(({ ipcMain, BrowserWindow }) => {
    const heard: { to: 'main' | 'page'; channel: string; text: string }[] = [];
    Object.assign(globalThis, { labHeard: heard });
    type Handler = (event: unknown, ...input: unknown[]) => unknown;
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> };
    for (const [channel, handler] of [...handlers]) {
      handlers.set(channel, async (event, ...input) => {
        heard.push({ to: 'main', channel, text: JSON.stringify(input) });
        const answer = await handler(event, ...input);
        heard.push({ to: 'page', channel, text: JSON.stringify(answer) ?? '' });
        return answer;
      });
    }
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel, ...payload) => {
        heard.push({ to: 'page', channel, text: JSON.stringify(payload) });
        send(channel, ...payload);
      };
    }
  });
  return () => app.electron.evaluate(() => (globalThis as unknown as { labHeard: HeardMessage[] }).labHeard);
}
