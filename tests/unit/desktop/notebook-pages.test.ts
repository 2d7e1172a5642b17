import { expect, test } from 'vitest';
import { NotebookPages } from '../../../electron/desktop/notebook-pages';
import { TabService } from '../../../electron/desktop/tabs';
import type { ServerId } from '../../../shared/model/notebook';
import type { TabId } from '../../../shared/model/tab';
import { gpuMachine } from '../../support/samples';

const machineId = gpuMachine.id;
const serverId = 'nuvem-1' as ServerId;

function watching() {
  const opened: string[] = [];
  const pages = new NotebookPages({
    folderOf: (_machine, server) => (server === serverId ? '/home/ana' : ''),
    onOpened: (_machine, path) => opened.push(path),
  });
  let count = 0;
  const tabs = new TabService({
    newId: () => `tab-${++count}` as TabId,
    partitionOf: () => 'persist:x',
    onChanged: ({ tabs: list }) => pages.tabsChanged(list),
  });
  const open = (place: string, of: ServerId | null = serverId) =>
    tabs.open({ machineId, serverId: of, url: `http://localhost:8888${place}`, title: place });
  return { opened, tabs, open };
}

test('notebooks are seen in the tabs of every Jupyter, each once for as long as it is shown', () => {
  const { opened, tabs, open } = watching();
  open('/lab/tree/S%C3%A3o%20Paulo/a.ipynb');
  open('/lab/workspaces/auto-1/tree/b.ipynb');
  const classic = open('/user/ana/notebooks/c.ipynb');
  tabs.rename(classic, 'c *');
  expect(opened).toEqual(['/home/ana/São Paulo/a.ipynb', '/home/ana/b.ipynb', '/home/ana/c.ipynb']);
});

test('another notebook that JupyterLab brings to the front is seen, too', () => {
  const { opened, tabs, open } = watching();
  const tab = open('/lab');
  tabs.wentTo(tab, 'http://localhost:8888/lab/tree/a.ipynb');
  tabs.wentTo(tab, 'http://localhost:8888/lab/tree/notes.md');
  tabs.wentTo(tab, 'http://localhost:8888/lab/tree/a.ipynb');
  expect(opened).toEqual(['/home/ana/a.ipynb', '/home/ana/a.ipynb']);
});

test('tabs that are asleep, other pages and servers that are not known count for nothing', () => {
  const { opened, tabs, open } = watching();
  tabs.restore([{ machineId, serverId, url: 'http://localhost:8888/lab/tree/a.ipynb', title: 'a' }]);
  open('/lab/tree/b.ipynb', null);
  open('/lab/tree/c.ipynb', 'nuvem-2' as ServerId);
  expect(opened).toEqual([]);
});
