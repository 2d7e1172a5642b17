import { z } from 'zod';
import type { NotebookServer } from '../../shared/model/notebook';
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

  /** What its own first page belongs to; where that is none of Jupyter's, JupyterLab if it has it. */
  async interface(): Promise<NotebookServer['interface']> {
    const first = pageBelow(this.server.baseUrl, (await this.#ask('GET', '')).location);
    if (first === 'lab') return 'lab';
    if (first !== 'tree' && (await this.#ask('GET', 'lab')).status === 200) return 'lab';
    return this.treeInterface();
  }

  /** What its `tree` page belongs to: the classic notebook, or Notebook 7, which is made of JupyterLab's parts. */
  async treeInterface(): Promise<'notebook' | 'classic'> {
    const { body } = await this.#ask('GET', 'tree');
    return body.includes('id="jupyter-config-data"') ? 'notebook' : 'classic';
  }

  /** True when the server has taken the order to end itself and its kernels. */
  async shutDown(): Promise<boolean> {
    return (await this.#ask('POST', 'api/shutdown')).status === 200;
  }

  #ask(method: 'GET' | 'POST', path: string) {
    return askJupyter(this.transport, this.server, { method, path });
  }
}

/** The first word of an address's path below a server's base URL. */
function pageBelow(baseUrl: string, location: string | null): string {
  const { pathname } = new URL(location ?? '', 'http://localhost');
  return pathname.startsWith(baseUrl) ? (pathname.slice(baseUrl.length).split('/')[0] ?? '') : '';
}
