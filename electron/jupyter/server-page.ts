import type { NotebookServer } from '../../shared/model/notebook';
import { encodePath } from './home/contents-client';
import { isNotebookName } from './notebook-name';

/** A page of a server. */
export interface ServerPage {
  /** Below the server's base URL. */
  readonly path: string;
  readonly title: string;
}

/** The page that a server begins with. */
export function pageOf(ui: NotebookServer['interface']): ServerPage {
  return ui === 'lab' ? { path: 'lab', title: 'JupyterLab' } : { path: 'tree', title: 'Jupyter Notebook' };
}

/** The viewer of jupytext's extension; JupyterLab's own page takes it by `open-as-notebook.js`. */
const textNotebookFactory = 'Jupytext Notebook';

/**
 * The page that shows a file below the server's folder: a notebook, or in an editor; a folder ends with `/`.
 * `isTextNotebook`: its server shows a script or a Markdown file as a notebook, by jupytext.
 */
export function pageOfFile(
  ui: NotebookServer['interface'],
  path: string,
  isTextNotebook = false,
): ServerPage {
  const isFolder = path.endsWith('/');
  const bare = isFolder ? path.slice(0, -1) : path;
  const title = bare.replace(/^.*\//, '');
  const isNotebook = isTextNotebook || isNotebookName(bare);
  const place = ui === 'lab' ? 'lab/tree' : isFolder ? 'tree' : isNotebook ? 'notebooks' : 'edit';
  // Notebook 7 takes a viewer by name; the classic notebook has but one for notebooks.
  const query =
    isTextNotebook && ui !== 'classic' ? `?factory=${encodeURIComponent(textNotebookFactory)}` : '';
  return { path: `${place}/${encodePath(bare)}${query}`, title };
}
