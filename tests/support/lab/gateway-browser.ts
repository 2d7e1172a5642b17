import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Gateway } from '../../../electron/gateway/gateway';
import { LabWebSocket } from './web-socket';

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface BrowserRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Speaks to a gateway as a machine's tab does: absolute-form requests, CONNECT for web sockets, the partition's
 * proxy credentials. It knows no token.
 */
export class GatewayBrowser {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #credentials: string;

  constructor(private readonly gateway: Pick<Gateway, 'port' | 'username' | 'password'>) {
    this.#credentials = `Basic ${Buffer.from(`${gateway.username}:${gateway.password}`).toString('base64')}`;
  }

  fetch(url: string, { method = 'GET', headers = {}, body }: BrowserRequest = {}): Promise<BrowserAnswer> {
    return new Promise((resolve, reject) => {
      const request = startRequest({
        host: '127.0.0.1',
        port: this.gateway.port,
        agent: this.#agent,
        method,
        path: url,
        headers: { Host: new URL(url).host, 'Proxy-Authorization': this.#credentials, ...headers },
      });
      request.once('error', reject);
      request.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      request.end(body);
    });
  }

  /** A stream to `host:port` as the far side resolves it. Rejects with the gateway's status. */
  connect(authority: string): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const request = startRequest({
        host: '127.0.0.1',
        port: this.gateway.port,
        agent: false,
        method: 'CONNECT',
        path: authority,
        headers: { Host: authority, 'Proxy-Authorization': this.#credentials },
      });
      request.once('error', reject);
      request.once('connect', (response, socket) => {
        if (response.statusCode === 200) resolve(socket as Socket);
        else reject(new Error(`CONNECT ${authority} got ${response.statusCode}`));
      });
      request.end();
    });
  }

  /** Opens `ws://<authority><path>` through a CONNECT. Rejects with the server's status when it is not upgraded. */
  async webSocket(
    authority: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<LabWebSocket> {
    const socket = await this.connect(authority);
    return new Promise((resolve, reject) => {
      const request = startRequest({
        createConnection: () => socket,
        path,
        headers: {
          Host: authority,
          Origin: `http://${authority}`,
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
          ...headers,
        },
      });
      request.once('error', reject);
      request.once('response', (response) => {
        response.resume();
        reject(new Error(`upgrade got ${response.statusCode}`));
      });
      request.once('upgrade', (_response, stream, head) => resolve(new LabWebSocket(stream, head)));
      request.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** One kernel, used as a notebook uses it (Jupyter messaging protocol 5.3 over the server's web socket). */
export class LabKernel {
  private constructor(
    private readonly browser: GatewayBrowser,
    private readonly authority: string,
    readonly id: string,
    /** By which the server knows the page again when it comes back. */
    private readonly sessionId: string,
    private channels: LabWebSocket,
  ) {}

  /** Starts a kernel and resolves once it answers; an empty name means the one that the server takes by default. */
  static async start(
    browser: GatewayBrowser,
    authority: string,
    name = '',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<LabKernel> {
    const answer = await browser.fetch(`http://${authority}/api/kernels`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(name === '' ? {} : { name }),
    });
    if (answer.status !== 201) throw new Error(`a kernel was refused with ${answer.status}: ${answer.body}`);
    const { id } = JSON.parse(answer.body) as { id: string };
    const sessionId = randomUUID();
    const channels = await openChannels(browser, authority, id, sessionId);
    const kernel = new LabKernel(browser, authority, id, sessionId, channels);
    let state = 'starting';
    // The server of the classic notebook may miss the first answers, and then says for good that the kernel starts.
    while (state === 'starting') {
      await kernel.answers();
      const told = await browser.fetch(`http://${authority}/api/kernels/${id}`, { headers });
      state = (JSON.parse(told.body) as { execution_state: string }).execution_state;
    }
    return kernel;
  }

  /** Runs code and resolves with what it printed. */
  run(code: string): Promise<string> {
    return this.printedBy(this.send(code));
  }

  /** Asks for an execution and returns its message id. */
  send(code: string): string {
    const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
    return this.#ask('execute_request', content);
  }

  /**
   * Resolves once the kernel is heard on all channels. Right after a restart the server may still speak to the former
   * process, or not hear the new one yet; as a page does, this asks again until it is answered.
   */
  async answers(): Promise<void> {
    const asked = new Set<string>();
    const ask = (): void => void asked.add(this.#ask('kernel_info_request', {}));
    ask();
    const again = setInterval(ask, 500);
    try {
      await this.channels.next((text) => {
        const message = JSON.parse(text) as KernelMessage;
        return message.msg_type === 'status' && asked.has(message.parent_header.msg_id ?? '');
      });
    } finally {
      clearInterval(again);
    }
  }

  #ask(kind: string, content: object): string {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: kind,
      username: '',
      session: randomUUID(),
      version: '5.3',
      date: '',
    };
    this.channels.send(
      JSON.stringify({ channel: 'shell', header, parent_header: {}, metadata: {}, content }),
    );
    return id;
  }

  /** Everything that an execution prints from now on, until it has ended. */
  async printedBy(id: string): Promise<string> {
    let printed = '';
    for (;;) {
      const message = JSON.parse(await this.channels.next(() => true)) as KernelMessage;
      if (message.parent_header.msg_id !== id) continue;
      if (message.msg_type === 'stream') printed += message.content.text ?? '';
      if (message.msg_type === 'error') throw new Error(message.content.evalue);
      if (message.msg_type === 'status' && message.content.execution_state === 'idle') return printed;
    }
  }

  /** Resolves once the kernel has begun with the execution of that id. */
  async busyWith(id: string): Promise<void> {
    await this.channels.next((text) => {
      const message = JSON.parse(text) as KernelMessage;
      return message.parent_header.msg_id === id && message.content.execution_state === 'busy';
    });
  }

  /** Resolves once the page notices that its socket is gone. */
  disconnected(): Promise<void> {
    return this.channels.closed();
  }

  /** What a page does that is closed. */
  leave(): void {
    this.channels.close();
  }

  /** What a page does by itself: opens its socket again. */
  async reconnect(): Promise<void> {
    this.channels = await openChannels(this.browser, this.authority, this.id, this.sessionId);
  }

  /** Everything that an execution prints from now on, until this text is in it. */
  async printedUpTo(id: string, text: string): Promise<string> {
    let printed = '';
    while (!printed.includes(text)) {
      const message = JSON.parse(await this.channels.next(() => true)) as KernelMessage;
      if (message.parent_header.msg_id === id && message.msg_type === 'stream')
        printed += message.content.text ?? '';
    }
    return printed;
  }
}

interface KernelMessage {
  readonly msg_type: string;
  readonly parent_header: { readonly msg_id?: string };
  readonly content: { readonly text?: string; readonly evalue?: string; readonly execution_state?: string };
}

const openChannels = (
  browser: GatewayBrowser,
  authority: string,
  kernelId: string,
  sessionId: string,
): Promise<LabWebSocket> =>
  browser.webSocket(authority, `/api/kernels/${kernelId}/channels?session_id=${sessionId}`);
