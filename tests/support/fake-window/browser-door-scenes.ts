import type { BrowserDoor, BrowserDoorId } from '../../../shared/model/browser-door';
import { gpuMachine, uuid } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const door = (index: number, part: Partial<BrowserDoor>): BrowserDoor => ({
  id: uuid<BrowserDoorId>(430 + index),
  machineId: gpuMachine.id,
  host: 'localhost:8888',
  title: 'churn-by-month.ipynb - JupyterLab',
  origin: 'http://nuvem-1f2e3d4c.localhost:23456',
  browserCount: 1,
  ...part,
});

const doors: readonly BrowserDoor[] = [
  door(1, {}),
  door(2, {
    host: 'ip-10-0-0-1.sa-east-1.compute.internal:8088',
    title: 'All applications of the cluster for data science in the south-east of the country',
    origin: 'http://nuvem-9a8b7c6d.localhost:31999',
    browserCount: 0,
  }),
];

/** What the system's browser can use of a machine. */
export const browserDoorScenes: readonly Scene[] = [
  {
    name: 'browser-doors',
    show: async (page) => {
      await page.evaluate(
        ([machine, list]) => {
          window.fakeMain.setMachines([machine]);
          window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: 0 });
          window.fakeMain.setDoors(list);
        },
        [gpuMachine, doors] as const,
      );
      await page.locator('#tunnels-title').scrollIntoViewIfNeeded();
      await page.getByText('nuvem-9a8b7c6d').scrollIntoViewIfNeeded();
    },
  },
];
