import { z } from 'zod';
import type { Transport } from '../connection/transport';
import { askJupyter, parseJson } from './rest-request';
import type { RunningJupyter } from './runtime-file';

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

  /** When its process began, in its own words; empty when it does not tell us. */
  async startedAt(): Promise<string> {
    const { body } = await this.#ask('GET', 'api/status');
    const parsed = z.looseObject({ started: z.string() }).safeParse(parseJson(body));
    return parsed.success ? parsed.data.started : '';
  }

  async hasLab(): Promise<boolean> {
    return (await this.#ask('GET', 'lab')).status === 200;
  }

  /** True when the server has taken the order to end itself and its kernels. */
  async shutDown(): Promise<boolean> {
    return (await this.#ask('POST', 'api/shutdown')).status === 200;
  }

  #ask(method: 'GET' | 'POST', path: string) {
    return askJupyter(this.transport, this.server, { method, path });
  }
}
