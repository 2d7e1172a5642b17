import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveElectron } from '../../../build/electron-runtime/resolve';
import { bundleForElectron, bundleNetworkWorker } from '../lab/electron-bundle';
import { type LabSshd, startSshd } from '../lab/sshd';
import { makeTempFolder } from '../lab/temp-folder';
import { LineProcess } from './line-process';
import { SshForwards } from './ssh-client';
import type { ProductServer, ProductTasks } from './tunnel-product';

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A link of its own in front of the server. No rate: as fast as loopback. */
export interface LinkOptions {
  readonly delayMs: number;
  readonly bytesPerSecond?: number;
  /** What the link holds that waits to be sent, as a router does. */
  readonly queueBytes?: number;
}

/** One way through SSH to the traffic's far end. */
export interface Way {
  readonly name: WayName;
  /** To the service of bulk and echo. */
  readonly port: number;
  readonly httpPort: number;
  /** Of the SSH client. */
  readonly pid: number;
}

export const wayNames = ['nuvem', 'ssh', 'ssh aes128-gcm'] as const;
export type WayName = (typeof wayNames)[number];
export type Ways = Readonly<Record<WayName, Way>>;

const optionsOf: Readonly<Record<Exclude<WayName, 'nuvem'>, readonly string[]>> = {
  ssh: [],
  'ssh aes128-gcm': ['-c', 'aes128-gcm@openssh.com'],
};

/** The product in Electron and OpenSSH, side by side, before the same sshd and the same traffic. */
export class TunnelBench {
  readonly #closers: (() => Promise<unknown>)[] = [];
  #sshd!: LabSshd;
  #product!: LineProcess<{ readonly electron: string }>;
  #server!: LineProcess<{ port: number; httpPort: number }>;
  #serving!: { readonly port: number; readonly httpPort: number };
  driver!: LineProcess<object>;

  static async start(): Promise<TunnelBench> {
    const bench = new TunnelBench();
    try {
      await bench.#start();
      return bench;
    } catch (error) {
      await bench.stop();
      throw error;
    }
  }

  async #start(): Promise<void> {
    const folder = await makeTempFolder('bench');
    this.#closers.push(() => folder.remove());
    this.#sshd = await startSshd({ config: ['MaxSessions 100'] });
    this.#closers.push(() => this.#sshd.stop());
    this.#server = new LineProcess('python3', [fileOf('traffic.py'), 'serve']);
    this.#closers.push(() => this.#server.stop());
    this.#serving = await this.#server.ready;
    this.driver = new LineProcess('python3', [fileOf('traffic.py'), 'drive']);
    this.#closers.push(() => this.driver.stop());
    const electron = await resolveElectron();
    const appFolder = join(folder.path, 'app');
    await bundleForElectron(fileOf('tunnel-product.ts'), appFolder);
    await bundleNetworkWorker(appFolder, fileOf('network-thread.ts'));
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const extra = process.env.NUVEM_BENCH_ELECTRON_ARGS?.split(' ') ?? [];
    const args = [
      ...sandbox,
      ...extra,
      '--log-level=3',
      '--js-flags=--expose-gc',
      `--user-data-dir=${folder.path}/profile`,
    ];
    this.#product = new LineProcess(electron.executablePath, [...args, appFolder]);
    this.#closers.push(() => this.#product.stop());
    await this.#product.ready;
  }

  async stop(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  get productPid(): number {
    return this.#product.pid;
  }

  /** Of those who work while a way carries something, in the order of `busyNames`. */
  async busyPids(way: Way): Promise<readonly Iterable<number>[]> {
    return [[way.pid], await this.#sshd.sessionPids(), [this.#server.pid, this.driver.pid]];
  }

  get electronVersion(): Promise<string> {
    return this.#product.ready.then(({ electron }) => electron);
  }

  get echoPort(): number {
    return this.#serving.port;
  }

  get httpPort(): number {
    return this.#serving.httpPort;
  }

  askProduct<Result, K extends keyof ProductTasks>(kind: K, task: ProductTasks[K]): Promise<Result> {
    return this.#product.ask<Result>({ ...task, kind });
  }

  /** The server as seen through a link of its own; without one, the server itself. */
  async server(link: LinkOptions | null): Promise<ProductServer> {
    const { host, port, user, clientKeyPath, knownHostsPath } = this.#sshd;
    const server = { host, port, user, clientKeyPath, knownHostsPath };
    if (link === null) return server;
    const options = { port, bytesPerSecond: 0, queueBytes: 256 * 1024, ...link };
    const process = new LinkProcess(options);
    this.#closers.push(() => process.stop());
    const linkPort = await process.port;
    for (const { publicKey } of this.#sshd.hostKeys) {
      await appendFile(knownHostsPath, `[${host}]:${linkPort} ${publicKey}\n`);
    }
    return { ...server, port: linkPort };
  }

  /** Opens all three ways through one link. `key` names the product's connection. */
  async ways(key: string, link: LinkOptions | null): Promise<Ways> {
    const server = await this.server(link);
    const { port, httpPort } = this.#serving;
    const forwards = async (name: Exclude<WayName, 'nuvem'>): Promise<Way> => {
      const ssh = await SshForwards.open(server, [port, httpPort], optionsOf[name]);
      this.#closers.push(() => ssh.close());
      const [first = 0, second = 0] = ssh.ports;
      return { name, port: first, httpPort: second, pid: ssh.pid };
    };
    const tunnel = (target: number) =>
      this.askProduct<{ readonly port: number }, 'open'>('open', {
        key,
        server,
        target: { kind: 'tcp', host: '127.0.0.1', port: target },
      });
    return {
      nuvem: {
        name: 'nuvem',
        port: (await tunnel(port)).port,
        httpPort: (await tunnel(httpPort)).port,
        pid: this.productPid,
      },
      ssh: await forwards('ssh'),
      'ssh aes128-gcm': await forwards('ssh aes128-gcm'),
    };
  }
}

/** `slow-link.mjs` as a process that can be asked for its port. */
class LinkProcess {
  readonly #process: LineProcess<{ readonly port: number }>;

  constructor(options: object) {
    this.#process = new LineProcess(process.execPath, [fileOf('slow-link.mjs'), JSON.stringify(options)]);
  }

  get port(): Promise<number> {
    return this.#process.ready.then(({ port }) => port);
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
