import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../../shared/errors/app-error';
import { isFinal } from '../../shared/model/connection';
import type { MachineLink } from '../connection/machine-link';
import { isConnectionLost } from '../connection/with-transport';
import { BrowserConnection } from './browser-connection';
import { canRepeat, exchange } from './exchange';
import { type GatewayTextOf, gatewayHeader, hindrancePage, isDocument, pageHeaders } from './gateway-pages';
import { writeFields } from './head-fields';
import { openKept, routeFor } from './kept-socket';
import { ParkedSocket } from './parked-socket';
import { patientLink } from './patient-link';
import type { ProxyCredentials } from './proxy-credentials';
import { refuse, refuseSocket, refuseStranger, refuseStrangerSocket } from './refusals';
import {
  type GatewayRoute,
  lendsPass,
  parseAuthority,
  type RemoteTarget,
  resolveRoute,
  routeHost,
} from './routes';
import { Upstream } from './upstream';
import { headersFor, readAbsoluteForm, type Wanted } from './wanted';

const headerBytesAtMost = 64 * 1024;
const repeatsAtMost = 2;

/**
 * The HTTP proxy between the tabs of one machine and the far side (RFC 9112, 3.2.2; RFC 9110, 9.3.6). Listens
 * on loopback only, and lets in only who brings the credentials: without them every request, whatever its
 * form, gets 407 and nothing else.
 */
export class GatewayProxy {
  readonly #server: Server;
  /** Reads what travels inside a CONNECT to a route with an authorization, to add that. */
  readonly #inner: Server;
  readonly #upstream: Upstream;
  readonly #link: MachineLink;
  readonly #sockets = new Set<Duplex>();
  readonly #innerRoutes = new WeakMap<Duplex, GatewayRoute>();

  constructor(
    link: MachineLink,
    private readonly credentials: ProxyCredentials,
    private readonly routes: ReadonlyMap<string, GatewayRoute>,
    private readonly textOf: GatewayTextOf,
  ) {
    this.#link = patientLink(link);
    this.#upstream = new Upstream(this.#link);
    const options = {
      noDelay: true,
      keepAliveTimeout: 120_000,
      // A parked request may stand for hours.
      requestTimeout: 0,
      maxHeaderSize: headerBytesAtMost,
    };
    this.#server = createServer(options, (request, response) => this.#onRequest(request, response));
    // Node would answer by itself: `100 Continue`, or 417, which tells strangers more than they may know.
    this.#server.on('checkContinue', (request, response) => {
      if (this.#isOurs(request)) response.writeContinue();
      this.#onRequest(request, response);
    });
    this.#server.on('checkExpectation', (request, response) => {
      if (this.#isOurs(request)) refuse(response, 417);
      else refuseStranger(response);
    });
    this.#server.on('connect', (request, socket, head) => this.#onConnect(request, socket, head));
    this.#server.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
    this.#server.on('clientError', refuseMalformed);
    this.#readPlainRequestsFirst();
    this.#inner = createServer(options, (request, response) => this.#onInnerRequest(request, response));
    this.#inner.on('upgrade', (request, socket, head) => this.#onInnerUpgrade(request, socket, head));
    this.#inner.on('clientError', refuseMalformed);
  }

  /** Resolves with the port on 127.0.0.1; 0 lets the system choose. Rejects with the system's error. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** Breaks off everything and resolves once the port is free. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
      this.#upstream.close();
    });
  }

  /** Puts a `BrowserConnection` before the server's own listener, which gets what that one leaves to it. */
  #readPlainRequestsFirst(): void {
    const listeners = this.#server.listeners('connection');
    this.#server.removeAllListeners('connection');
    const deps = {
      link: this.#link,
      routes: this.routes,
      channels: this.#upstream.direct,
      accepts: (credentials: string) => this.credentials.accepts(credentials),
      open: (target: RemoteTarget, signal: AbortSignal) => this.#upstream.open(target, signal),
      failureStatus: () => this.#failureStatus,
      handOver: (socket: Socket, bytes: Buffer) => {
        socket.unshift(bytes);
        for (const listener of listeners) listener.call(this.#server, socket);
        socket.resume();
      },
    };
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      new BrowserConnection(socket, deps);
    });
  }

  #onRequest(request: IncomingMessage, answer: ServerResponse): void {
    const wanted = readAbsoluteForm(request.url ?? '', this.routes);
    if (!this.#isOurs(request)) refuseStranger(answer);
    else if (wanted === null) refuse(answer, 400);
    else void this.#forward(request, answer, wanted);
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const wanted = readAbsoluteForm(request.url ?? '', this.routes);
    if (!this.#isOurs(request)) refuseStrangerSocket(socket);
    else if (wanted === null) refuseSocket(socket, 400);
    else void this.#forwardUpgrade(request, new ParkedSocket(socket, head), wanted);
  }

  #onConnect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const authority = parseAuthority(request.url ?? '', 0);
    if (!this.#isOurs(request)) {
      refuseStrangerSocket(socket);
    } else if (authority === null) {
      refuseSocket(socket, 400);
    } else {
      const route = resolveRoute(this.routes, authority);
      if (!lendsPass(route) && !route.keeper) void this.#connect(new ParkedSocket(socket, head), route);
      else this.#letIn(socket, head, route);
    }
  }

  #onInnerRequest(request: IncomingMessage, answer: ServerResponse): void {
    const wanted = this.#originForm(request);
    if (wanted === null) refuse(answer, 421);
    else void this.#forward(request, answer, wanted);
  }

  #onInnerUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const wanted = this.#originForm(request);
    if (wanted === null) refuseSocket(socket, 421);
    else void this.#forwardUpgrade(request, new ParkedSocket(socket, head), wanted);
  }

  #isOurs(request: IncomingMessage): boolean {
    return this.credentials.accepts(request.headers['proxy-authorization']);
  }

  /** Inside a CONNECT only the host that was connected to may be asked for: it alone gets its authorization. */
  #originForm(request: IncomingMessage): Wanted | null {
    const connected = this.#innerRoutes.get(request.socket);
    const authority = parseAuthority(request.headers.host ?? '', 80);
    const path = request.url ?? '';
    if (connected === undefined || authority === null || !path.startsWith('/')) return null;
    return routeHost(authority) === connected.host ? { route: routeFor(connected, path), path } : null;
  }

  async #forward(request: IncomingMessage, answer: ServerResponse, { route, path }: Wanted): Promise<void> {
    // A page that the user waits for says so at once; everything else is held until the connection is back.
    if (isDocument(request)) {
      if (this.#explainsAbsence(answer)) return;
      const forget = this.#link.onStateChanged(() => this.#explainsAbsence(answer));
      answer.once('close', forget);
    }
    for (let repeats = 0; ; repeats += 1) {
      try {
        if (this.#link.state().kind !== 'ready') await this.#untilReady(answer);
        await exchange(request, answer, {
          agent: this.#upstream.agentFor(route.target),
          method: request.method ?? 'GET',
          path,
          headers: headersFor(request, route),
        });
        return;
      } catch (error) {
        if (answer.closed) return;
        const isBrokenOff = !(error instanceof AppError) || isConnectionLost(error);
        if (isBrokenOff && canRepeat(request) && repeats < repeatsAtMost) continue;
        return this.#explain(request, answer, wordsFor(error, route));
      }
    }
  }

  /** Rejects when the client leaves. */
  async #untilReady(answer: ServerResponse): Promise<void> {
    const left = new AbortController();
    const abort = (): void => left.abort();
    answer.once('close', abort);
    await this.#link.whenReady(left.signal).finally(() => answer.off('close', abort));
  }

  async #forwardUpgrade(
    request: IncomingMessage,
    parked: ParkedSocket,
    { route, path }: Wanted,
  ): Promise<void> {
    const kept = await openKept(this.#upstream, route, path, parked.gone);
    const channel = kept ?? (await this.#openFor(parked, route));
    if (channel === null) return;
    const headers = headersFor(request, route);
    headers.push('Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? '');
    channel.write(`${request.method} ${path} HTTP/1.1\r\n${writeFields(headers)}\r\n`, 'latin1');
    parked.leaveTo(channel);
  }

  async #connect(parked: ParkedSocket, route: GatewayRoute): Promise<void> {
    const channel = await this.#openFor(parked, route);
    if (channel === null) return;
    parked.socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    parked.leaveTo(channel);
  }

  #letIn(socket: Duplex, head: Buffer, route: GatewayRoute): void {
    this.#innerRoutes.set(socket, route);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    this.#inner.emit('connection', socket);
  }

  /** Null: the client has left, or has been answered in a number. */
  async #openFor(parked: ParkedSocket, route: GatewayRoute): Promise<Duplex | null> {
    try {
      const channel = await this.#upstream.open(route.target, parked.gone);
      channel.once('error', () => channel.destroy());
      return channel;
    } catch {
      if (!parked.gone.aborted) refuseSocket(parked.release(), this.#failureStatus);
      return null;
    }
  }

  /** True: the connection is away and the answer was a page that says so. */
  #explainsAbsence(answer: ServerResponse): boolean {
    const state = this.#link.state();
    if (state.kind === 'ready' || answer.headersSent) return false;
    if (!isFinal(state)) this.#answerPage(answer, 503, null);
    else
      this.#answerPage(
        answer,
        503,
        state.kind === 'failed' ? AppError.fromReport(state.error) : new AppError('not-connected'),
      );
    return true;
  }

  #explain(request: IncomingMessage, answer: ServerResponse, error: AppError): void {
    if (answer.headersSent) answer.destroy();
    else if (!isDocument(request)) refuse(answer, this.#failureStatus);
    else if (isConnectionLost(error)) this.#answerPage(answer, 503, null);
    else this.#answerPage(answer, this.#failureStatus, error);
  }

  /** 503: only the user can bring the connection back; 502: the far side does not answer. */
  get #failureStatus(): number {
    return isFinal(this.#link.state()) ? 503 : 502;
  }

  #answerPage(answer: ServerResponse, status: number, error: AppError | null): void {
    answer.writeHead(status, { ...pageHeaders, [gatewayHeader]: error === null ? 'waiting' : 'failed' });
    answer.end(hindrancePage({ error }, this.textOf));
  }
}

/** A notebook's route that nobody answers any more means that the notebook has ended. */
function wordsFor(error: unknown, route: GatewayRoute): AppError {
  const known = error instanceof AppError ? error : new AppError('connection-lost', {}, { cause: error });
  return known.code === 'channel-refused' && lendsPass(route) ? new AppError('notebook-gone') : known;
}

function refuseMalformed(_error: Error, socket: Duplex): void {
  if (socket.writable) refuseSocket(socket, 400);
  else socket.destroy();
}
