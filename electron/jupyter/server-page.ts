import type { NotebookServer } from '../../shared/model/notebook';
import { encodePath } from './home/contents-client';

/** A page of a server. */
interface ServerPage {
  /** Below the server's base URL. */
  readonly path: string;
  readonly title: string;
}

/** The page that a server begins with. */
export function pageOf(ui: NotebookServer['interface']): ServerPage {
  return ui === 'lab' ? { path: 'lab', title: 'JupyterLab' } : { path: 'tree', title: 'Jupyter Notebook' };
}

/** The page that shows a file below the server's folder: a notebook, or in an editor; a folder ends with `/`. */
export function pageOfFile(ui: NotebookServer['interface'], path: string): ServerPage {
  const isFolder = path.endsWith('/');
  const bare = isFolder ? path.slice(0, -1) : path;
  const title = bare.replace(/^.*\//, '');
  const place = ui === 'lab' ? 'lab/tree' : isFolder ? 'tree' : /\.ipynb$/i.test(bare) ? 'notebooks' : 'edit';
  return { path: `${place}/${encodePath(bare)}`, title };
}
