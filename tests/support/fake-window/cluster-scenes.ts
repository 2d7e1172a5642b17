import type { Page } from '@playwright/test';
import type { EmrSnapshot } from '../../../shared/model/emr-cluster';
import { awsAccounts } from '../aws-samples';
import { emrDetail, sampleCluster } from '../emr-samples';
import { report } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const account = awsAccounts.slice(0, 1);
export const clusters = [
  sampleCluster(6, { name: 'Imaging, exploration', state: 'STARTING', reason: '', endedAtMs: null }),
  sampleCluster(5, {
    id: emrDetail.clusterId,
    name: 'Nightly training of the segmentation model',
    state: 'WAITING',
    reason: 'Cluster ready after last step completed.',
    endedAtMs: null,
  }),
  sampleCluster(4, {
    state: 'TERMINATED_WITH_ERRORS',
    reason:
      'The requested instance type m5.xlarge is not supported in the requested availability zone. Learn more at https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-INSTANCE_TYPE_NOT_SUPPORTED-error.html',
  }),
  sampleCluster(3),
];

export async function showClusters(page: Page, change: Partial<EmrSnapshot>): Promise<void> {
  await page.getByRole('button', { name: 'AWS', exact: true }).click();
  await page.evaluate((list) => window.fakeMain.setAwsAccounts(list), account);
  await page.getByRole('button', { name: /^Clusters/ }).click();
  await page.evaluate(
    ([accountId, part]) => window.fakeMain.setEmr({ accountId, isWhole: true, atMs: 0, ...part }),
    [account[0]?.account.id ?? null, change] as const,
  );
  await page.locator('h1').waitFor();
  await page.mouse.move(640, 560);
}

const newCluster = (page: Page) => page.getByRole('button', { name: /^(New|Novo) cluster$/ }).click();

/** The EMR clusters of an account. */
export const clusterScenes: readonly Scene[] = [
  { name: 'clusters-none', show: (page) => showClusters(page, {}) },
  {
    name: 'clusters',
    show: async (page) => {
      await showClusters(page, { clusters });
      await page.getByRole('button', { name: /(Details of|Detalhes de) Nightly training/ }).click();
      await page.evaluate((detail) => window.fakeMain.setEmr({ detail }), emrDetail);
      await page.locator('dl').waitFor();
    },
  },
  {
    name: 'clusters-5000',
    show: (page) =>
      showClusters(page, { clusters: Array.from({ length: 5000 }, (_, index) => sampleCluster(index)) }),
  },
  {
    name: 'clusters-denied',
    show: async (page) => {
      await showClusters(page, {
        isWhole: false,
        error: report('aws-denied', { permissions: 'elasticmapreduce:ListClusters', resource: '*' }),
      });
      await page.getByRole('button', { name: /^(The policy|A política)/ }).click();
    },
  },
  {
    name: 'cluster-new-wrong-values',
    show: async (page) => {
      await showClusters(page, { clusters });
      await newCluster(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^(Release|Versão)$/).fill('6.15');
      await dialog.getByLabel(/^(Core instances|Instâncias core)$/).fill('many');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'cluster-new-fleets',
    show: async (page) => {
      await showClusters(page, { clusters });
      await newCluster(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^(Instance groups|Grupos de instâncias)/ }).click();
      await page.getByRole('option', { name: /^(Instance fleets|Frotas de instâncias)/ }).click();
      const core = dialog.getByRole('group', { name: /^(Core fleet|Frota core)$/ });
      await core.getByLabel(/^(Instance types|Tipos de instância)$/).fill('m5.xlarge, r5.2xlarge*2@80%, big');
      await core.getByLabel(/^(Spot units|Unidades spot)$/).fill('8');
      await dialog.locator('button[type=submit]').click();
      await core.scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'cluster-fleets',
    show: async (page) => {
      await showClusters(page, { clusters });
      await page.getByRole('button', { name: /(Details of|Detalhes de) Nightly training/ }).click();
      const units = (requested: number, running: number) => ({ requested, running });
      const fleets = [
        { role: 'primary', instanceTypes: ['m5.xlarge'], onDemand: units(1, 1), spot: units(0, 0) },
        {
          role: 'core',
          instanceTypes: ['m5.xlarge', 'r5.2xlarge'],
          onDemand: units(2, 2),
          spot: units(8, 6),
        },
      ] as const;
      await page.evaluate((detail) => window.fakeMain.setEmr({ detail }), {
        ...emrDetail,
        ...{ groups: null, fleets },
      });
      await page.locator('dl').waitFor();
    },
  },
  {
    name: 'cluster-new-texts',
    show: async (page) => {
      await showClusters(page, { clusters });
      await newCluster(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^(As file|Como arquivo)/ }).click();
      await dialog.getByText('AWS CLI').click();
      await dialog.getByText('aws emr create-cluster').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'cluster-termination-protected',
    show: async (page) => {
      await showClusters(page, { clusters });
      await page.getByRole('button', { name: /(Terminate|Encerrar) Nightly training/ }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: /^(Terminate|Encerrar)$/ }).click();
      await dialog.getByRole('button', { name: /(Lift protection|Retirar a proteção)/ }).waitFor();
    },
  },
];
