import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error';
import type { KernelSpec } from '../../../shared/model/server-files';
import type { Transport } from '../../connection/transport';
import { askJupyter, parseJson, type RestAnswer, type RestRequest } from '../rest-request';
import type { RunningJupyter } from '../runtime-file';
import type { FolderEntry } from './recent-notebooks';

const EntryModel = z.looseObject({
  path: z.string(),
  name: z.string(),
  type: z.string(),
  last_modified: z.string().catch(''),
});
const FolderModel = z.looseObject({ content: z.array(EntryModel) });
const SpecsModel = z.looseObject({
  default: z.string().catch(''),
  kernelspecs: z.record(
    z.string(),
    z.looseObject({ spec: z.looseObject({ display_name: z.string().catch('') }) }),
  ),
});
const MadeModel = z.looseObject({ path: z.string().min(1) });

/** A kernel on a slow file system takes its time. */
const startMs = 60_000;

/**
 * What Nuvem asks of the files of a server (Jupyter Server REST API; jupyter-server 1 and 2, Notebook 6). Every method
 * throws `channel-refused` or `forwarding-refused` when nobody answers at its address, `remote-command-failed` when
 * the answer is none, `notebook-token-unknown` when the server does not let Nuvem in.
 */
export class ContentsClient {
  constructor(
    private readonly transport: Transport,
    private readonly server: RunningJupyter,
  ) {}

  /** Null: the folder is not there any more, may not be read, or is too large to be told of. */
  async folder(path: string): Promise<readonly FolderEntry[] | null> {
    const { status, body } = await this.#ask({
      method: 'GET',
      path: `api/contents/${encodePath(path)}?type=directory&no_track_activity=1`,
    });
    const model = FolderModel.safeParse(parseJson(body));
    if (status !== 200 || !model.success) return null;
    return model.data.content.map((entry) => ({
      path: entry.path.replace(/^\/+/, ''),
      name: entry.name,
      type: entry.type === 'directory' || entry.type === 'notebook' ? entry.type : 'other',
      modifiedMs: Date.parse(entry.last_modified) || 0,
    }));
  }

  /** It shows this file as a notebook, whatever its name: an `.ipynb` file, or what jupytext reads as one. */
  async isNotebook(path: string): Promise<boolean> {
    const { status, body } = await this.#ask({
      method: 'GET',
      path: `api/contents/${encodePath(path)}?content=0&no_track_activity=1`,
    });
    const model = EntryModel.safeParse(parseJson(body));
    return status === 200 && model.success && model.data.type === 'notebook';
  }

  /** The kernels that it can start, its default first. */
  async specs(): Promise<readonly KernelSpec[]> {
    const answer = await this.#ask({ method: 'GET', path: 'api/kernelspecs?no_track_activity=1' });
    const model = parsed(SpecsModel, answer);
    const specs = Object.entries(model.kernelspecs).map(([name, { spec }]) => ({
      name,
      displayName: spec.display_name || name,
    }));
    const isDefault = ({ name }: KernelSpec) => name === model.default;
    return [...specs.filter(isDefault), ...specs.filter((spec) => !isDefault(spec))];
  }

  /** Makes an empty notebook in the server's folder and starts its kernel; resolves with its path. */
  async createNotebook(kernelName: string): Promise<string> {
    const { path } = parsed(
      MadeModel,
      await this.#ask({ method: 'POST', path: 'api/contents/', json: { type: 'notebook' } }),
    );
    const session = { path, name: path, type: 'notebook', kernel: { name: kernelName } };
    parsed(
      z.looseObject({}),
      await this.#ask({ method: 'POST', path: 'api/sessions', json: session, timeoutMs: startMs }),
    );
    return path;
  }

  async #ask(request: RestRequest): Promise<RestAnswer> {
    const answer = await askJupyter(this.transport, this.server, request);
    if ([401, 403, 302].includes(answer.status)) throw new AppError('notebook-token-unknown');
    return answer;
  }
}

/** A server's path as a part of an address. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

function parsed<Model>(schema: z.ZodType<Model>, { status, body }: RestAnswer): Model {
  const model = schema.safeParse(parseJson(body));
  if (status >= 200 && status <= 299 && model.success) return model.data;
  throw new AppError('remote-command-failed', { reason: 'no-jupyter', status });
}
