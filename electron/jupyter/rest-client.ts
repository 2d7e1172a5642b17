import { request as startRequest } from 'node:http';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import { openTarget } from '../gateway/open-target';
import type { RunningJupyter } from './runtime-file';

const answerMs = 10_000;
const answerBytesAtMost = 1024 * 1024;

interface RestAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * What Nuvem asks of a Jupyter server (Jupyter Server REST API). Every method throws `channel-refused` or
 * `forwarding-refused` when nobody answers at its address, `remote-command-failed` when the answer is none.
 */
export class JupyterRestClient {
  constructor(
    private readonly transport: Transport,
    private readonly server: RunningJupyter,
  ) {}

  /** The server package's version; empty when it does not tell. */
  async version(): Promise<string> {
    const { body } = await this.#ask('GET', 'api');
    const parsed = z.looseObject({ version: z.string() }).safeParse(parseJson(body));
    return parsed.success ? parsed.data.version : '';
  }

  /** True when the server answers and takes our token; false: it answers, but not to us. */
  async isOpenToUs(): Promise<boolean> {
    return (await this.#ask('GET', 'api/status')).status === 200;
  }

  async hasLab(): Promise<boolean> {
    return (await this.#ask('GET', 'lab')).status === 200;
  }

  /** True when the server has taken the order to end itself and its kernels. */
  async shutDown(): Promise<boolean> {
    return (await this.#ask('POST', 'api/shutdown')).status === 200;
  }

  async #ask(method: string, path: string): Promise<RestAnswer> {
    const channel = await openTarget(this.transport, this.server.target);
    try {
      return await new Promise<RestAnswer>((resolve, reject) => {
        const request = startRequest({
          createConnection: () => channel,
          method,
          path: `${this.server.baseUrl}${path}`,
          headers: {
            Host: 'localhost',
            Connection: 'close',
            ...(this.server.token === '' ? {} : { Authorization: authorizationOf(this.server) }),
          },
          signal: AbortSignal.timeout(answerMs),
        });
        request.once('error', reject);
        request.once('response', (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (text: string) => {
            if (body.length < answerBytesAtMost) body += text;
          });
          response.once('error', reject);
          response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
        });
        request.end();
      });
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('remote-command-failed', {}, { cause: error });
    } finally {
      channel.destroy();
    }
  }
}

/** The header that lets requests in, also those that change something, without XSRF cookie. Secret. */
export const authorizationOf = (server: RunningJupyter): string => `token ${server.token}`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
