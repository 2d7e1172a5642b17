import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerOpenDialog,
  killLeftApps,
  type LabApp,
  makeAppProfile,
} from '../support/lab/app';
import { type EmrGaps, startEmrGaps } from '../support/lab/emr-gaps';
import { connectToNode, launchAtClusters, makeCluster, whenAnswered } from '../support/lab/emr-pages';
import { canMakeNetworks } from '../support/lab/lab-network';
import { type Moto, startMoto } from '../support/lab/moto';
import { filled, textsOf } from '../support/lab/texts';
import { startWebMachine, type WebMachine } from '../support/lab/web-machine';

/** A real sshd as the primary node of a cluster of moto's. */
test.skip(!canMakeNetworks, 'a network of its own for the machine needs root on Linux');

const texts = textsOf('en').clusters;

let profile: AppProfile;
let moto: Moto;
let gaps: EmrGaps;
let machine: WebMachine;
let app: LabApp;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  profile = await makeAppProfile();
  moto = await startMoto();
  machine = await startWebMachine('Primary', profile);
  gaps = await startEmrGaps(moto.endpoint, {
    ListInstances: () => ({
      Instances: [{ PublicDnsName: machine.form.host, PrivateDnsName: 'ip-10-0-0-1' }],
    }),
  });
});

test.afterAll(async () => {
  await killLeftApps();
  await machine.stop();
  await gaps.stop();
  await moto.stop();
  await profile.remove();
});

test('a cluster ends only after what I want of its primary node is safe on this computer', async () => {
  test.setTimeout(240_000);
  const work = join(machine.home, 'work');
  await mkdir(work);
  await writeFile(join(work, 'train.ipynb'), '{"cells": []}');
  await writeFile(join(work, 'results.csv'), 'epoch,loss\n1,0.5\n');
  await writeFile(join(work, 'draft.txt'), 'x');
  await writeFile(join(machine.home, '.history'), 'x');

  app = await launchAtClusters(profile, gaps.endpoint);
  await makeCluster(app, { [texts.keyPair]: 'ana' });
  const row = app.page
    .getByRole('list', { name: texts.title, includeHidden: true })
    .getByRole('listitem', { includeHidden: true });
  await row
    .getByRole('button', { name: filled(texts.terminateNamed, { name: 'Nuvem' }) })
    .click(whenAnswered);
  const question = app.page.getByRole('alertdialog');
  await question.getByRole('button', { name: texts.node.connect, exact: true }).click(whenAnswered);
  await connectToNode(app, machine.form);

  const found = question.getByRole('list', { name: texts.nodeFiles.title });
  const file = (name: string) => found.getByRole('checkbox', { name: join(work, name) });
  await expect(found.getByRole('checkbox')).toHaveCount(3, whenAnswered);
  await expect(found.getByRole('checkbox').first()).toHaveAccessibleName(join(work, 'train.ipynb'));
  await expect(file('results.csv')).toBeChecked();

  // One of them goes meanwhile: the cluster stays.
  await rm(join(work, 'draft.txt'));
  const kept = join(profile.home, 'kept');
  await mkdir(kept);
  await answerOpenDialog(app, kept);
  const copies = (count: number) =>
    question.getByRole('button', { name: filled(texts.nodeFiles.copyAndTerminate_other, { count }) });
  await copies(3).click();
  await expect(question.getByRole('list', { name: texts.nodeFiles.missing })).toContainText(
    `${join(work, 'draft.txt')}: ${texts.nodeFiles.reason.notRead}`,
    whenAnswered,
  );
  await expect(row).toContainText(texts.state.WAITING);

  await question.locator('label').filter({ hasText: 'draft.txt' }).click();
  await expect(file('draft.txt')).not.toBeChecked();
  await question.getByRole('button', { name: texts.terminate, exact: true }).click();
  await expect(question).toBeHidden(whenAnswered);
  await expect(row).toContainText(texts.state.TERMINATED, whenAnswered);

  const [folder = '', ...others] = await readdir(kept);
  expect(folder).toMatch(/^Nuvem j-[A-Z0-9]+$/);
  expect(others).toEqual([]);
  const copied = join(kept, folder, ...work.split('/'));
  expect((await readdir(copied)).toSorted()).toEqual(['results.csv', 'train.ipynb']);
  expect(await readFile(join(copied, 'results.csv'), 'utf8')).toBe('epoch,loss\n1,0.5\n');
});
