import type { Page } from '@playwright/test';
import { agentKeys, groupedMachines, sampleMachine, sshKeys } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const quick = sampleMachine(60, {
  name: 'ec2-203-0-113-25.sa-east-1.compute.amazonaws.com',
  route: {
    ...sampleMachine(60).route,
    host: 'ec2-203-0-113-25.sa-east-1.compute.amazonaws.com',
    user: 'hadoop',
  },
  isUnsaved: true,
});
const longCommand =
  'ssh -X -L 8888:localhost:8080 -D 1080 -p 2222 -J ana@bastion.of.a.long.name.example.com,GPU ' +
  'hadoop@ip-10-0-0-1.sa-east-1.compute.internal uptime';

/** `text` is in the box for connecting, over some machines (or none, at first start). */
const typed = (name: string, text: string, isFirstStart = false): Scene => ({
  name,
  show: async (page) => {
    if (!isFirstStart) await showMachines(page);
    await page.evaluate(([agent, keys]) => Object.assign(window.fakeMain, { agentKeys: agent, keys }), [
      agentKeys,
      sshKeys,
    ] as const);
    await page.locator('#connect-box').fill(text);
    await page.locator('[role=status]').first().waitFor();
  },
});

const showMachines = (page: Page) =>
  page.evaluate(
    ({ machines, groups }) => {
      window.fakeMain.setGroups(groups);
      window.fakeMain.setMachines(machines);
    },
    { ...groupedMachines, machines: [...groupedMachines.machines, quick] },
  );

const showQuick = async (page: Page) => {
  await showMachines(page);
  await page.getByRole('treeitem', { name: quick.name }).click();
};

/** Connecting to servers that are not saved. */
export const quickConnectScenes: readonly Scene[] = [
  typed('quick-connect-first-start', 'ana@gpu.example.com:2222', true),
  typed('quick-connect-command', longCommand),
  typed('quick-connect-over-matches', 'gpu.example.com'),
  typed('quick-connect-match', 'gpu'),
  typed('quick-connect-wrong', 'ana@gpu:99999'),
  typed('quick-connect-not-understood', 'ssh gpu; reboot'),
  { name: 'unsaved-machine', show: showQuick },
  {
    name: 'unsaved-machine-saved',
    show: async (page) => {
      await showQuick(page);
      await page.locator('main [class*=note] button').first().click();
    },
  },
];
