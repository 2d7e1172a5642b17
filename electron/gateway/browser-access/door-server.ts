import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as startRequest,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { writeFields } from '../head-fields';
import { refuseSocket } from '../refusals';
import { inwardHeaders, outwardHeaders } from './door-headers';
import type { DoorKeys } from './door-keys';
import { cookieValues, judgeVisit } from './door-policy';
import { type DoorWay, UntrustedCertificate } from './door-way';

interface DoorServerDependencies {
  readonly way: DoorWay;
  /** The name by which the browser finds this computer. */
  readonly hostname: string;
  readonly keys: DoorKeys;
  /** Whether a client of this computer is a program of the user's own; asked before a ticket is taken. */
  readonly isOwnClient: (client: { readonly port: number; readonly serverPort: number }) => Promise<boolean>;
  /** A page that says why a browser is not let in. */
  readonly refusalPage: () => string;
  /** A page that says that the server's certificate is not trusted. */
  readonly certificatePage: () => string;
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
    this.deps.way.agent.destroy();
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
    this.#answerPage(answer, 403, this.deps.refusalPage());
  }

  #answerPage(answer: ServerResponse, status: number, page: string): void {
    answer.writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'",
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(page),
      Connection: 'close',
    });
    answer.end(page);
  }

  #forward(request: IncomingMessage, answer: ServerResponse): void {
    const { way } = this.deps;
    const outgoing = startRequest({
      agent: way.agent,
      method: request.method ?? 'GET',
      path: way.targetOf(request.url ?? '/'),
      headers: [...this.#inward(request), ...framingOf(request)],
      setHost: false,
    });
    const breakOff = (error: Error): void => {
      if (!answer.headersSent && error instanceof UntrustedCertificate)
        this.#answerPage(answer, 502, this.deps.certificatePage());
      else if (!answer.headersSent) answer.writeHead(502, { 'Content-Length': 0 }).end();
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
    void this.#joinUpgrade(request, socket, head);
  }

  async #joinUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { way } = this.deps;
    const server = await way.connect().catch(() => null);
    if (server === null) {
      refuseSocket(socket, 502);
      return;
    }
    server.on('error', () => socket.destroy());
    server.once('close', () => socket.destroy());
    socket.once('close', () => server.destroy());
    if (socket.destroyed) {
      server.destroy();
      return;
    }
    const upgrade = ['Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? ''];
    const line = `${request.method} ${way.targetOf(request.url ?? '/')} HTTP/1.1\r\n`;
    server.write(`${line}${writeFields([...this.#inward(request), ...upgrade])}\r\n`, 'latin1');
    if (head.length > 0) server.write(head);
    socket.pipe(server).pipe(socket);
  }

  #inward(request: IncomingMessage): string[] {
    return [...inwardHeaders(request.rawHeaders, this.#names), ...this.deps.way.fields];
  }

  get #names() {
    return { origin: this.origin, there: this.deps.way.origin, cookie: this.#cookieName };
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
