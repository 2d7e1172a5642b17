import { expect } from '@playwright/test';
import { type AppProfile, answerOpenDialog, type LabApp, launchApp } from './app';
import { awsEnvironment, writeAwsFiles } from './aws-home';
import type { MachineForm } from './machine-form';
import { filled, textsOf } from './texts';

const { aws: awsTexts, clusters: texts } = textsOf('en');
/** For an answer of moto, which loads each service when it is first asked, or of a machine. */
export const whenAnswered = { timeout: 60_000 };

/** Starts the app with the AWS account `lab` at that endpoint, on the page of its clusters. */
export async function launchAtClusters(profile: AppProfile, endpoint: string): Promise<LabApp> {
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  const env = Object.entries(awsEnvironment(profile.home)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const app = await launchApp({ profile, env: Object.fromEntries(env) });
  const button = (name: string) => app.page.getByRole('button', { name, exact: true });
  await button(awsTexts.title).click();
  await button(awsTexts.addAccount).click();
  const account = app.page.getByRole('dialog');
  await account.getByRole('button', { name: awsTexts.profile }).click();
  await app.page.getByRole('option', { name: /^lab ·/ }).click();
  await account.getByLabel(awsTexts.region).fill('us-east-1');
  await account.getByLabel(awsTexts.endpoint).fill(endpoint);
  await account.getByRole('button', { name: awsTexts.save }).click();
  await button(filled(awsTexts.clustersNamed, { name: 'lab' })).click();
  return app;
}

/** Makes the usual cluster, but for these fields of its dialog, by their labels. */
export async function makeCluster(app: LabApp, fields: Readonly<Record<string, string>>): Promise<void> {
  await app.page.getByRole('button', { name: texts.newCluster, exact: true }).click();
  const dialog = app.page.getByRole('dialog', { name: texts.newCluster });
  for (const [label, value] of Object.entries(fields))
    await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: texts.create, exact: true }).click();
  await expect(dialog).toBeHidden(whenAnswered);
}

/** Goes through the dialog that asks for the way to a primary node, which is this machine of the lab. */
export async function connectToNode(app: LabApp, form: MachineForm): Promise<void> {
  const { host = '', port, user = '', identity } = form;
  const keyFile = typeof identity === 'object' ? identity.keyFile : '';
  const way = app.page.getByRole('dialog', { name: texts.node.connect });
  await expect(way.getByLabel(texts.node.host, { exact: true })).toHaveValue(host, whenAnswered);
  await expect(way.getByLabel(texts.node.user, { exact: true })).toHaveValue('hadoop');
  // The lab's sshd has another port and user than a real primary node.
  await way.getByLabel(texts.node.port, { exact: true }).fill(String(port));
  await way.getByLabel(texts.node.user, { exact: true }).fill(user);
  await answerOpenDialog(app, keyFile);
  await way.getByRole('button', { name: texts.node.browse }).click();
  await expect(way.getByLabel(texts.node.keyPath, { exact: true })).toHaveValue(keyFile);
  await way.getByRole('button', { name: texts.node.connectNow, exact: true }).click();
  await expect(way).toBeHidden(whenAnswered);
}
