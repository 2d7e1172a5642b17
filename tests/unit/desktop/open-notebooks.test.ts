import { beforeEach, describe, expect, it } from 'vitest';
import {
  noOpenNotebooks,
  OpenNotebooks,
  type OpenNotebooksData,
} from '../../../electron/desktop/open-notebooks';
import { AppError } from '../../../shared/errors/app-error';
import type { TabList, WebTab } from '../../../shared/model/tab';

let onDisk: OpenNotebooksData;
let writes: number;
let isDiskFull: boolean;
let failures: unknown[];

beforeEach(() => {
  onDisk = noOpenNotebooks;
  writes = 0;
  isDiskFull = false;
  failures = [];
});

/** As after a start of the app. */
function start(): OpenNotebooks {
  const store = {
    value: () => onDisk,
    replace: (data: OpenNotebooksData) => {
      if (isDiskFull) throw new AppError('store-disk-full');
      onDisk = data;
      writes += 1;
    },
  };
  return new OpenNotebooks(store, (error) => failures.push(error));
}

const opened = (...tabs: [machineId: string, serverId: string][]): TabList => ({
  revision: 1,
  tabs: tabs.map(([machineId, serverId]) => ({ machineId, serverId }) as WebTab),
  activeTabId: null,
  canReopen: false,
});

describe('the next start', () => {
  it('offers the server that was open when the app was killed', () => {
    start().remember(opened(['gpu', 's1']));
    expect(start().offersAtStart()).toEqual([{ machineId: 'gpu', serverId: 's1' }]);
  });

  it('makes one offer for each machine, without a server where several were open', () => {
    start().remember(opened(['gpu', 's1'], ['cpu', 's3'], ['gpu', 's2'], ['cpu', 's3']));
    expect(start().offersAtStart()).toEqual([
      { machineId: 'gpu', serverId: null },
      { machineId: 'cpu', serverId: 's3' },
    ]);
  });

  it('offers nothing when the pages were closed before', () => {
    const notebooks = start();
    notebooks.remember(opened(['gpu', 's1']));
    notebooks.remember(opened());
    expect(start().offersAtStart()).toEqual([]);
  });

  it('still offers what was open before, while this run has opened something else', () => {
    start().remember(opened(['gpu', 's1']));
    const notebooks = start();
    notebooks.remember(opened(['cpu', 's3']));
    expect(notebooks.offersAtStart()).toEqual([{ machineId: 'gpu', serverId: 's1' }]);
  });
});

describe('writing down', () => {
  it('is not done when a tab only changed its title or place', () => {
    const notebooks = start();
    notebooks.remember(opened(['gpu', 's1'], ['cpu', 's3']));
    notebooks.remember(opened(['cpu', 's3'], ['gpu', 's1'], ['gpu', 's1']));
    expect(writes).toBe(1);
  });

  it('that fails is told and keeps nobody from working', () => {
    isDiskFull = true;
    start().remember(opened(['gpu', 's1']));
    expect(failures).toHaveLength(1);
  });
});
