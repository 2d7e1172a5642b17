import { createHash, timingSafeEqual } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { removeControlAddress, writeControlAddress } from './address-file';
import { asLine, onLine } from './line-reader';
import { type ControlCommand, type ControlReply, ControlRequest } from './protocol';

export interface ControlServerDependencies {
  /** Of the app's own data; the address is left there. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  readonly random: (bytes: number) => Buffer;
  /** Does what is asked; `say` tells what happens meanwhile, `signal` that nobody waits any more. */
  readonly run: (
    command: ControlCommand,
    say: (reply: ControlReply) => void,
    signal: AbortSignal,
  ) => Promise<ControlReply>;
  /** A fault of our own; the caller learns of it, too. */
  readonly onFault: (error: unknown) => void;
}

/** The folder of a run's socket begins with this; where it is made. */
export const controlFolderPrefix = 'nuvem-control-';
export const controlFolderParent = (): string => process.env.XDG_RUNTIME_DIR || tmpdir();

/**
 * Lets this user's command `nuvem` steer the running app: by a socket in a folder of this user alone (0600 in 0700; a
 * named pipe on Windows), to who brings the secret of this run. All others are hung up on without a word.
 */
export class ControlServer {
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  readonly #token: Buffer;
  #socketFolder: string | null = null;

  constructor(private readonly deps: ControlServerDependencies) {
    this.#token = deps.random(32);
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Resolves once commands are heard. Rejects with the system's error. */
  async open(): Promise<void> {
    const { folder, platform, random } = this.deps;
    let path = `\\\\.\\pipe\\nuvem-${random(16).toString('hex')}`;
    if (platform !== 'win32') {
      this.#socketFolder = await mkdtemp(join(controlFolderParent(), controlFolderPrefix));
      path = join(this.#socketFolder, 'socket');
    }
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
    this.#server.on('error', this.deps.onFault);
    if (platform !== 'win32') await chmod(path, 0o600);
    await writeControlAddress(folder, { path, token: this.#token.toString('hex') });
  }

  /** Hangs up on all and takes the address back; idempotent. */
  async close(): Promise<void> {
    this.#server.close();
    for (const client of this.#clients) client.destroy();
    await removeControlAddress(this.deps.folder);
    if (this.#socketFolder !== null) await rm(this.#socketFolder, { recursive: true, force: true });
  }

  #serve(socket: Socket): void {
    const gone = new AbortController();
    this.#clients.add(socket);
    // A client that went away is told by `close`.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#clients.delete(socket);
      gone.abort();
    });
    let isAsked = false;
    onLine(socket, (line) => {
      const command = isAsked ? null : this.#commandIn(line);
      isAsked = true;
      if (command === null) socket.destroy();
      else void this.#answer(socket, command, gone.signal);
    });
  }

  #commandIn(line: string): ControlCommand | null {
    try {
      const request = ControlRequest.parse(JSON.parse(line));
      return this.#isOurs(request.token) ? request.command : null;
    } catch {
      return null;
    }
  }

  #isOurs(token: string): boolean {
    const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
    return timingSafeEqual(digest(token), digest(this.#token.toString('hex')));
  }

  async #answer(socket: Socket, command: ControlCommand, signal: AbortSignal): Promise<void> {
    const say = (reply: ControlReply): void => {
      if (!socket.destroyed) socket.write(asLine(reply));
    };
    try {
      say(await this.deps.run(command, say, signal));
    } catch (thrown) {
      if (signal.aborted) return;
      const error = AppError.from(thrown);
      if (error.code === 'internal') this.deps.onFault(thrown);
      say({ kind: 'failed', error: error.toReport() });
    }
    socket.end();
  }
}
