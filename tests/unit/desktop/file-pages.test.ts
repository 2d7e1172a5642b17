import { runInNewContext } from 'node:vm';
import { beforeEach, expect, test } from 'vitest';
import { FilePages } from '../../../electron/desktop/file-pages';
import { TabService } from '../../../electron/desktop/tabs';
import type { ServerId } from '../../../shared/model/notebook';
import type { TabId } from '../../../shared/model/tab';
import { FakeClock } from '../../support/fake-clock';
import { gpuMachine } from '../../support/samples';

const machineId = gpuMachine.id;
const serverId = 'nuvem-1' as ServerId;

/** A page of a server: what is open in it, and what was done to it. */
interface FakePage {
  readonly place: string;
  readonly open: string[];
  /** False: JupyterLab does not show its parts to scripts. */
  readonly isShownToScripts?: boolean;
  readonly isHung?: boolean;
  activated?: string;
}

let clock: FakeClock;
let tabs: TabService;
let pages: Map<TabId, FakePage>;
let openedAlone: string[];

beforeEach(() => {
  clock = new FakeClock();
  pages = new Map();
  openedAlone = [];
  let count = 0;
  tabs = new TabService({
    newId: () => `tab-${++count}` as TabId,
    partitionOf: () => 'persist:x',
    onChanged: () => undefined,
  });
});

function addTab(page: FakePage, of: ServerId = serverId): TabId {
  const url = `http://localhost:8888${page.place}`;
  const id = tabs.open({ machineId, serverId: of, url, title: page.place });
  pages.set(id, page);
  return id;
}

/** The page's own side, as far as the script uses it (JupyterLab 4 extension API). */
function run(page: FakePage, script: string): Promise<unknown> {
  if (page.isHung) return new Promise(() => undefined);
  const isClassic = page.place.startsWith('/notebooks/');
  const config = JSON.stringify({ baseUrl: '/', exposeAppInBrowser: page.isShownToScripts !== false });
  const jupyterapp = {
    restored: Promise.resolve(),
    shell: {
      widgets: () => page.open.map((path) => ({ id: path, context: { path } })),
      activateById: (id: string) => {
        page.activated = id;
      },
    },
    commands: {
      execute: async (_command: string, { path }: { readonly path: string }) => {
        if (path.startsWith('gone')) throw new Error('404');
        page.open.push(path);
        page.activated = path;
      },
    },
  };
  const window = isClassic
    ? { Jupyter: { notebook: { notebook_path: page.open[0] } } }
    : page.isShownToScripts === false
      ? {}
      : { jupyterapp };
  return runInNewContext(script, {
    window,
    location: { pathname: page.place },
    performance,
    setTimeout,
    document: { getElementById: () => (isClassic ? null : { textContent: config }) },
  });
}

function show(path: string): Promise<void> {
  const filePages = new FilePages({
    tabs,
    pages: {
      pageOf: (tabId) => {
        const page = pages.get(tabId);
        if (page === undefined) return undefined;
        const executeJavaScript = (script: string) => run(page, script);
        return { isDestroyed: () => false, isCrashed: () => false, executeJavaScript };
      },
    },
    openPage: async (_machine, _server, wanted) => void openedAlone.push(wanted),
    clock,
  });
  return filePages.show(machineId, serverId, path);
}

test('of several tabs the one where the notebook is open comes to the front, with it', async () => {
  addTab({ place: '/lab', open: ['a.ipynb'] });
  const other = { place: '/lab/workspaces/auto-1', open: ['b.ipynb', 'work/c.ipynb'] } as FakePage;
  const second = addTab(other);
  addTab({ place: '/lab', open: [] }, 'nuvem-2' as ServerId);
  await show('work/c.ipynb');
  expect(tabs.list().activeTabId).toBe(second);
  expect(other.activated).toBe('work/c.ipynb');
  expect(openedAlone).toEqual([]);
});

test('a notebook that is open nowhere is opened in the JupyterLab that is open, without a new tab', async () => {
  const page: FakePage = { place: '/lab/tree/a.ipynb', open: ['a.ipynb'] };
  const tab = addTab(page);
  tabs.activate(null);
  await show('b.ipynb');
  expect(tabs.list().activeTabId).toBe(tab);
  expect(page.open).toEqual(['a.ipynb', 'b.ipynb']);
  expect(openedAlone).toEqual([]);
});

test('pages that show one file each are brought to the front if it is that one', async () => {
  addTab({ place: '/tree', open: [] });
  const notebook = addTab({ place: '/notebooks/a.ipynb', open: ['a.ipynb'] });
  tabs.activate(null);
  await show('a.ipynb');
  expect(tabs.list().activeTabId).toBe(notebook);
  await show('b.ipynb');
  expect(openedAlone).toEqual(['b.ipynb']);
});

test.each([
  ['no page of that server is open', null],
  ['the JupyterLab that is open lets no script in', { place: '/lab', open: [], isShownToScripts: false }],
  ['only Notebook 7 is open, which shows each file in a page of its own', { place: '/tree', open: [] }],
] as const)('a tab of its own is opened where %s', async (_what, page) => {
  if (page !== null) addTab({ ...page, open: [] });
  await show('a.ipynb');
  expect(openedAlone).toEqual(['a.ipynb']);
});

test('where the page can not open it, a tab of its own tells why', async () => {
  addTab({ place: '/lab', open: [] });
  await show('gone.ipynb');
  expect(openedAlone).toEqual(['gone.ipynb']);
});

test('a page that hangs keeps nobody from the notebook', async () => {
  addTab({ place: '/lab', open: [], isHung: true });
  const shown = show('a.ipynb');
  clock.advance(3_000);
  await new Promise(setImmediate);
  expect(openedAlone).toEqual([]);
  clock.advance(30_000);
  await shown;
  expect(openedAlone).toEqual(['a.ipynb']);
});
