import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ed25519KeyPair } from '../ssh/ed25519-key-pair';
import type { DemoTexts } from './demo-texts';
import { welcomeNotebook } from './welcome-notebook';

/** The folder of the demo machine in the app's own folder. */
export function demoFolderPath(appFolder: string): string {
  return join(appFolder, 'demo');
}

/** By this file the demo machine's host key is known: the user's own known_hosts is left alone. */
export function demoKnownHostsPath(appFolder: string): string {
  return join(demoFolderPath(appFolder), 'known_hosts');
}

/**
 * What the demo machine keeps on disk: its SSH server's host key, the one key that gets in (both 0600) and the
 * folder of its notebooks. Everything that is there stays as it is: the host key is trusted, and notebooks are
 * the user's.
 */
export class DemoFolder {
  constructor(
    private readonly path: string,
    private readonly generateKeyPair: (comment: string) => Promise<Ed25519KeyPair>,
  ) {}

  /** Path of the private key by which the machine is reached. */
  get clientKeyPath(): string {
    return join(this.path, 'client_key');
  }

  get notebookFolder(): string {
    return join(this.path, 'notebooks');
  }

  async keys(): Promise<{ readonly hostKey: string; readonly authorizedKey: string }> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const hostKey = await this.#key(join(this.path, 'host_key'));
    const clientKey = await this.#key(this.clientKeyPath);
    return { hostKey, authorizedKey: clientKey };
  }

  async addWelcomeNotebook(texts: DemoTexts): Promise<void> {
    await mkdir(this.notebookFolder, { recursive: true });
    const file = join(this.notebookFolder, `${texts.notebookName}.ipynb`);
    try {
      await writeFile(file, welcomeNotebook(texts), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }

  async #key(path: string): Promise<string> {
    if (!(await exists(path))) {
      const { privateKey } = await this.generateKeyPair('Nuvem demo machine');
      // Whole or not at all: half a key would shut the demo machine for good.
      await writeFile(`${path}.draft`, privateKey, { mode: 0o600 });
      await rename(`${path}.draft`, path);
    }
    return readFile(path, 'utf8');
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
