import type { Page } from '@playwright/test';
import type { NodeFilesState } from '../../../shared/model/emr-node-files';
import { awsAccounts } from '../aws-samples';
import { emrDetail } from '../emr-samples';
import { gpuMachine, report } from '../samples';
import { clusters, showClusters } from './cluster-scenes';
import type {} from './preload';
import type { Scene } from './scene';

const home = '/home/hadoop';
const hub = '/var/lib/jupyter/home';
const files = [
  `${hub}/ana/segmentation of the spring scans, all patients, second try with augmented slices.ipynb`,
  `${home}/notebooks/features.ipynb`,
  ...Array.from({ length: 118 }, (_, index) => `${home}/results/fold-${index}/metrics.csv`),
].map((path, index) => ({
  path,
  sizeBytes: 5_000 * (index + 1) ** 2,
  modifiedAtMs: Date.UTC(2026, 2, 4, 12) - index * 600_000,
}));
const found: NodeFilesState = {
  kind: 'found',
  files,
  unread: [`${hub}/bruno`, `${home}/core.4711`],
  isCut: false,
  folder: null,
  copied: [],
  missing: [],
};

async function showTermination(page: Page, isBound: boolean, state: NodeFilesState): Promise<void> {
  await page.evaluate(
    ([machine, machineId]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.primaryNode = { ...window.fakeMain.primaryNode, machineId };
    },
    [gpuMachine, isBound ? gpuMachine.id : null] as const,
  );
  await showClusters(page, { clusters });
  await page.getByRole('button', { name: /(Terminate|Encerrar) Nightly training/ }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: /^(Look at|Olhar o|Connect to|Conectar ao)/ }).waitFor();
  const [first] = awsAccounts;
  const of = first ? { accountId: first.account.id, clusterId: emrDetail.clusterId } : null;
  await page.evaluate(([place, next]) => window.fakeMain.setNodeFiles({ of: place, state: next }), [
    of,
    state,
  ] as const);
}

/** What is asked before a cluster ends, about the files of its primary node. */
export const clusterTerminationScenes: readonly Scene[] = [
  { name: 'cluster-termination-unbound', show: (page) => showTermination(page, false, { kind: 'idle' }) },
  { name: 'cluster-termination-found', show: (page) => showTermination(page, true, found) },
  {
    name: 'cluster-termination-incomplete',
    show: (page) =>
      showTermination(page, true, {
        ...found,
        unread: [],
        folder: '/home/ana/Downloads/Nightly training of the segmentation model j-2AXXXXXXGAPLF',
        copied: files.slice(0, 100).map(({ path }) => path),
        missing: [
          { path: `${home}/results/fold-112/metrics.csv`, reason: 'changed' },
          { path: `${home}/results/fold-113/metrics.csv`, reason: 'notRead' },
        ],
      }),
  },
  {
    name: 'cluster-termination-copying',
    show: (page) =>
      showTermination(page, true, {
        kind: 'copying',
        folder: '/home/ana/Downloads/Nightly training of the segmentation model j-2AXXXXXXGAPLF',
        ...{ doneFiles: 41, allFiles: 120, doneBytes: 312_000_000, allBytes: 2_900_000_000 },
      }),
  },
  {
    name: 'cluster-termination-not-reached',
    show: (page) =>
      showTermination(page, true, {
        kind: 'failed',
        error: report('connection-timed-out', { host: 'ip-10-0-0-12', port: 22 }),
      }),
  },
];
