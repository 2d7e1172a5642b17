import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { launchElectron } from '../../../build/electron-runtime/launch-electron';
import { resolveElectron } from '../../../build/electron-runtime/resolve';
import { findCommand, installMissing } from '../../../build/system/packages';
import { DrivenPage } from '../lab/driven-page';
import type { NotebookMachine } from '../lab/notebook-machine';

/** A page of a browser that Playwright itself drives. */
export class BrowserPage extends DrivenPage {
  constructor(private readonly page: Page) {
    super();
  }

  override evaluateScript(script: string): Promise<unknown> {
    return this.page.evaluate(script);
  }

  /** Loads the address anew, as by F5. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'commit' });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

export interface HandBrowser {
  readonly name: string;
  /** Shows an address in a page of its own. */
  open(url: string): Promise<BrowserPage>;
  close(): Promise<void>;
}

/** Debian's Chromium, installed if that is possible; else Electron with nothing but a window. */
export async function startHandBrowser(): Promise<HandBrowser> {
  const executablePath = await installedChromium();
  if (executablePath !== null) {
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath, args });
    return {
      name: `Chromium ${browser.version()}, headless`,
      open: async (url) => {
        const page = await (await browser.newContext()).newPage();
        await page.goto(url, { waitUntil: 'commit' });
        return new BrowserPage(page);
      },
      close: () => browser.close(),
    };
  }
  const runtime = await resolveElectron();
  const bareFolder = fileURLToPath(new URL('bare-window', import.meta.url));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await launchElectron({
    executablePath: runtime.executablePath,
    args: [...sandbox, bareFolder],
  });
  const page = await app.firstWindow();
  return {
    name: `Electron ${runtime.version} as a browser`,
    open: async (url) => {
      await page.goto(url, { waitUntil: 'commit' });
      return new BrowserPage(page);
    },
    close: () => app.close(),
  };
}

/** A forward that a loop in a terminal starts again a second after it has ended, as autossh does. */
interface LastingForward {
  /** The address to open. */
  readonly url: string;
  /** Resolves once the forward takes connections. */
  accepts(): Promise<void>;
}

/** What one types in two terminals: start JupyterLab over SSH, then forward its port. Rejects when ssh fails. */
export class HandSession {
  readonly #children: ChildProcess[] = [];
  #isEnded = false;

  constructor(
    private readonly machine: NotebookMachine,
    private readonly knownHostsPath: string,
  ) {}

  /** Resolves with the address to open, as soon as it can be opened. */
  async start(): Promise<string> {
    const remotePort = await freePort();
    const command = `jupyter-lab --no-browser --allow-root --ip=127.0.0.1 --port=${remotePort} --port-retries=0`;
    const jupyter = this.#ssh([], command);
    const token = await printedToken(jupyter);
    const localPort = await freePort();
    this.#ssh(['-N', '-L', `127.0.0.1:${localPort}:127.0.0.1:${remotePort}`]);
    await accepted(localPort);
    return `http://127.0.0.1:${localPort}/lab?token=${token}`;
  }

  /** JupyterLab that outlives its SSH session, and a forward that comes back. Resolves once it can be opened. */
  async startLasting(): Promise<LastingForward> {
    const remotePort = await freePort();
    const localPort = await freePort();
    const command = `jupyter-lab --no-browser --allow-root --ip=127.0.0.1 --port=${remotePort} --port-retries=0`;
    const starter = this.#ssh([], `JUPYTER_TOKEN=bench setsid -f ${command} >jupyter.log 2>&1 </dev/null`);
    await once(starter, 'exit');
    const forward = (): void => {
      const ssh = this.#ssh([
        ...['-N', '-o', 'ExitOnForwardFailure=yes', '-o', 'ConnectTimeout=10'],
        ...['-L', `127.0.0.1:${localPort}:127.0.0.1:${remotePort}`],
      ]);
      ssh.once('exit', () => {
        if (!this.#isEnded) setTimeout(() => !this.#isEnded && forward(), 1000);
      });
    };
    forward();
    const url = `http://127.0.0.1:${localPort}`;
    while (!(await answers(`${url}/api`))) await new Promise((next) => setTimeout(next, 100));
    return { url: `${url}/lab?token=bench`, accepts: () => accepted(localPort) };
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    }
  }

  #ssh(options: readonly string[], ...command: readonly string[]): ChildProcess {
    const { sshd } = this.machine;
    const child = spawn(
      'ssh',
      [
        ...['-F', 'none', '-o', `UserKnownHostsFile=${this.knownHostsPath}`, '-o', 'BatchMode=yes'],
        ...['-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none', '-i', sshd.clientKeyPath],
        ...['-p', String(sshd.port), '-l', sshd.user, ...options, sshd.host, ...command],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#children.push(child);
    return child;
  }
}

/** Debian's Chromium, installed if that is possible; null: there is none, and why is printed. */
export async function installedChromium(): Promise<string | null> {
  try {
    if ((await findCommand('chromium')) === null) {
      await installMissing([{ name: 'chromium', packages: { debian: ['chromium'] } }]);
    }
    return await findCommand('chromium');
  } catch (error) {
    console.log(`Chromium can't be installed here (${String(error)}), so Electron stands in for it.`);
    return null;
  }
}

async function printedToken(jupyter: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((done, fail) => {
    for (const output of [jupyter.stdout, jupyter.stderr]) {
      output?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const token = /\/lab\?token=([0-9a-f]+)/.exec(said)?.[1];
        if (token !== undefined) done(token);
      });
    }
    jupyter.once('exit', (code) => fail(new Error(`ssh ended with ${code}: ${said}`)));
  });
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** A person sees the forward by trying; so does this. */
async function accepted(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((done) => {
      socket.once('connect', () => done(true));
      socket.once('error', () => done(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((next) => setTimeout(next, 10));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
