import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as startRequest,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Gateway } from '../gateway';
import { writeFields } from '../head-fields';
import { refuseSocket } from '../refusals';
import { inwardHeaders, outwardHeaders } from './door-headers';
import type { DoorKeys } from './door-keys';
import { cookieValues, judgeVisit } from './door-policy';

interface DoorServerDependencies {
  readonly gateway: Pick<Gateway, 'port' | 'username' | 'password'>;
  /** The server, as the machine writes it: `localhost:8888`. */
  readonly host: string;
  /** The name by which the browser finds this computer. */
  readonly hostname: string;
  readonly keys: DoorKeys;
  /** Whether a client of this computer is a program of the user's own; asked before a ticket is taken. */
  readonly isOwnClient: (client: { readonly port: number; readonly serverPort: number }) => Promise<boolean>;
  /** A page that says why a browser is not let in. */
  readonly refusalPage: () => string;
  readonly onEntered: () => void;
}

const portsTried = 50;

/**
 * Leads the system's browser to one server of a machine, by way of that machine's gateway, which alone knows the
 * server's token. Listens on this computer's loopback, and lets nobody in who has no cookie of `DoorKeys`.
 */
export class DoorServer {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #agent = new Agent({ keepAlive: true });
  #port = 0;

  constructor(private readonly deps: DoorServerDependencies) {}

  get origin(): string {
    return `http://${this.deps.hostname}:${this.#port}`;
  }

  /** Where a ticket is to be shown. */
  addressFor(ticket: string): string {
    return `${this.origin}/.nuvem/${ticket}`;
  }

  /**
   * Takes the first port from `from` on that is free. On IPv6 too, which browsers try first: somebody else who listened
   * there would get the cookie. Rejects with the system's error when there is none.
   */
  async listen(from: number): Promise<void> {
    for (let port = from; ; port += 1) {
      try {
        await this.#listenOn('127.0.0.1', port);
        await this.#listenOn('::1', port).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'EADDRINUSE' || error.code === 'EACCES') throw error;
        });
        this.#port = port;
        return;
      } catch (error) {
        for (const server of this.#servers.splice(0)) server.close();
        if (port === from + portsTried) throw error;
      }
    }
  }

  /** Breaks off everything; the cookies are worth nothing from then on. */
  close(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
  }

  #listenOn(address: string, port: number): Promise<void> {
    const server = createServer(
      { noDelay: true, requestTimeout: 0, keepAliveTimeout: 120_000, maxHeaderSize: 64 * 1024 },
      (request, response) => void this.#onRequest(request, response),
    );
    server.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port, exclusive: true }, () => {
        server.off('error', reject);
        this.#servers.push(server);
        resolve();
      });
    });
  }

  #judge(request: IncomingMessage, isUpgrade: boolean): ReturnType<typeof judgeVisit> {
    const { method = '', url = '', headers } = request;
    const values = cookieValues(headers.cookie, this.#cookieName);
    const isCookieGood = values.some((value) => this.deps.keys.accepts(value));
    return judgeVisit({ method, url, headers, isUpgrade }, { origin: this.origin, isCookieGood });
  }

  async #onRequest(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const verdict = this.#judge(request, false);
    if (verdict.kind === 'pass') this.#forward(request, answer);
    else if (verdict.kind === 'refuse') this.#refuse(answer);
    else await this.#enter(request, answer, verdict.ticket);
  }

  async #enter(request: IncomingMessage, answer: ServerResponse, ticket: string): Promise<void> {
    const client = { port: request.socket.remotePort ?? 0, serverPort: this.#port };
    const entered = (await this.deps.isOwnClient(client)) ? this.deps.keys.redeem(ticket) : null;
    if (entered === null) {
      this.#refuse(answer);
      return;
    }
    answer.writeHead(303, {
      // Absolute, or a path that begins with two slashes would lead elsewhere.
      Location: `${this.origin}${entered.path}`,
      'Set-Cookie': `${this.#cookieName}=${entered.cookie}; Path=/; HttpOnly; SameSite=Strict`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Length': 0,
    });
    answer.end();
    this.deps.onEntered();
  }

  #refuse(answer: ServerResponse): void {
    const page = this.deps.refusalPage();
    answer.writeHead(403, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'",
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(page),
      Connection: 'close',
    });
    answer.end(page);
  }

  #forward(request: IncomingMessage, answer: ServerResponse): void {
    const outgoing = startRequest({
      agent: this.#agent,
      host: '127.0.0.1',
      port: this.deps.gateway.port,
      method: request.method ?? 'GET',
      path: `http://${this.deps.host}${request.url ?? '/'}`,
      headers: [...this.#inward(request), ...framingOf(request)],
      setHost: false,
    });
    const breakOff = (): void => {
      if (!answer.headersSent) answer.writeHead(502, { 'Content-Length': 0 }).end();
      else answer.destroy();
    };
    outgoing.once('response', (response) => {
      answer.sendDate = false;
      const headers = outwardHeaders(response.rawHeaders, this.#names);
      answer.writeHead(response.statusCode ?? 502, response.statusMessage ?? '', headers);
      response.on('error', () => answer.destroy());
      response.pipe(answer);
    });
    outgoing.on('error', breakOff);
    answer.once('close', () => outgoing.destroy());
    request.pipe(outgoing);
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (this.#judge(request, true).kind !== 'pass') {
      refuseSocket(socket, 403);
      return;
    }
    const gateway = connect({ host: '127.0.0.1', port: this.deps.gateway.port, noDelay: true });
    const fields = [
      ...this.#inward(request),
      'Connection',
      'Upgrade',
      'Upgrade',
      request.headers.upgrade ?? '',
    ];
    const line = `${request.method} http://${this.deps.host}${request.url} HTTP/1.1\r\n`;
    gateway.write(`${line}${writeFields(fields)}\r\n`, 'latin1');
    if (head.length > 0) gateway.write(head);
    socket.pipe(gateway).pipe(socket);
    gateway.on('error', () => socket.destroy());
    gateway.once('close', () => socket.destroy());
    socket.once('close', () => gateway.destroy());
  }

  #inward(request: IncomingMessage): string[] {
    const { username, password } = this.deps.gateway;
    const secret = Buffer.from(`${username}:${password}`).toString('base64');
    return [...inwardHeaders(request.rawHeaders, this.#names), 'Proxy-Authorization', `Basic ${secret}`];
  }

  get #names() {
    return { origin: this.origin, host: this.deps.host, cookie: this.#cookieName };
  }

  /** Cookies know no ports: where doors share a name, each needs its own. */
  get #cookieName(): string {
    return `nuvem-door-${this.#port}`;
  }
}

/** Node's client sends the body of a GET or DELETE without its chunks unless it is told to keep them. */
function framingOf(request: IncomingMessage): readonly string[] {
  return request.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked'];
}
