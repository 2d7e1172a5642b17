import type { Page } from '@playwright/test';
import { emrDetail, sampleCluster } from '../emr-samples';
import { gpuMachine } from '../samples';
import { clusters, showClusters } from './cluster-scenes';
import type {} from './preload';
import type { Scene } from './scene';

const detail = {
  ...emrDetail,
  applications: [
    'Spark 3.4.1',
    'JupyterHub 1.5.0',
    'Livy 0.7.1',
    'Zeppelin 0.10.1',
    'Hue 4.11.0',
    'Tez 0.10.2',
  ],
};

async function showNode(page: Page, isBound: boolean): Promise<void> {
  await page.evaluate(
    ([machine, machineId]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.primaryNode = { ...window.fakeMain.primaryNode, machineId };
    },
    [gpuMachine, isBound ? gpuMachine.id : null] as const,
  );
  await showClusters(page, { clusters });
  await page.getByRole('button', { name: /^(Open|Abrir) Nightly training/ }).click();
  // Away from what has come under it, which would tell its name.
  await page.mouse.move(20, 450);
  await page.evaluate((known) => window.fakeMain.setEmr({ detail: known }), detail);
  await page.getByRole('button', { name: /^(Connect to the|Conectar ao|Change the|Mudar o)/ }).waitFor();
}

/** The primary node of an EMR cluster, and the pages of its applications. */
export const clusterNodeScenes: readonly Scene[] = [
  { name: 'cluster-node', show: (page) => showNode(page, true) },
  {
    name: 'cluster-node-wrong-values',
    show: async (page) => {
      await showNode(page, false);
      await page.getByRole('button', { name: /^(Connect to the|Conectar ao)/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: /^(Port|Porta)$/ }).fill('ssh');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'cluster-ended',
    show: async (page) => {
      await showClusters(page, { clusters: [sampleCluster(3, { name: 'Nightly training' })] });
      await page.getByRole('button', { name: /^(Open|Abrir) Nightly training/ }).click();
      await page.evaluate(
        (known) => window.fakeMain.setEmr({ detail: { ...known, clusterId: 'j-000003' } }),
        detail,
      );
      await page.getByRole('button', { name: /^Spark History/ }).click();
      await page.getByText(/^(AWS did not have|A AWS não deixou)/).waitFor();
    },
  },
];
