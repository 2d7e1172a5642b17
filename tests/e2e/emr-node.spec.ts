import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerOpenDialog,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { awsEnvironment, writeAwsFiles } from '../support/lab/aws-home';
import { type EmrGaps, startEmrGaps } from '../support/lab/emr-gaps';
import { canMakeNetworks } from '../support/lab/lab-network';
import { type Moto, startMoto } from '../support/lab/moto';
import { filled, textsOf } from '../support/lab/texts';
import { startWebMachine, type WebMachine } from '../support/lab/web-machine';

/** A real sshd as the primary node, in a network of its own, with pages where YARN and JupyterHub have theirs. */
test.skip(!canMakeNetworks, 'a network of its own for the machine needs root on Linux');

const { app: appTexts, aws: awsTexts, clusters: texts } = textsOf('en');
/** For an answer of moto, which loads each service when it is first asked, or of the machine. */
const whenAnswered = { timeout: 60_000 };
const privateName = 'ip-10-0-0-1.ec2.internal';

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
  await machine.startSite();
  gaps = await startEmrGaps(moto.endpoint, {
    ListInstances: () => ({ Instances: [{ PublicDnsName: machine.form.host, PrivateDnsName: privateName }] }),
  });
});

test.afterAll(async () => {
  await killLeftApps();
  await machine.stop();
  await gaps.stop();
  await moto.stop();
  await profile.remove();
});

const button = (name: string | RegExp) => app.page.getByRole('button', { name, exact: true });

test('the primary node is connected to by its key, and the pages of its applications open', async () => {
  test.setTimeout(240_000);
  const { host = '', port, user = '', identity } = machine.form;
  const keyFile = typeof identity === 'object' ? identity.keyFile : '';
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  const env = Object.entries(awsEnvironment(profile.home)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  app = await launchApp({ profile, env: Object.fromEntries(env) });
  await button(awsTexts.title).click();
  await button(awsTexts.addAccount).click();
  const account = app.page.getByRole('dialog');
  await account.getByRole('button', { name: awsTexts.profile }).click();
  await app.page.getByRole('option', { name: /^lab ·/ }).click();
  await account.getByLabel(awsTexts.region).fill('us-east-1');
  await account.getByLabel(awsTexts.endpoint).fill(gaps.endpoint);
  await account.getByRole('button', { name: awsTexts.save }).click();
  await button(filled(awsTexts.clustersNamed, { name: 'lab' })).click();
  await button(texts.newCluster).click();
  const dialog = app.page.getByRole('dialog', { name: texts.newCluster });
  await dialog.getByLabel(texts.keyPair, { exact: true }).fill('ana');
  await dialog.getByRole('button', { name: texts.create, exact: true }).click();
  await expect(dialog).toBeHidden(whenAnswered);
  await button(filled(texts.openNamed, { name: 'Nuvem' })).click(whenAnswered);

  await button(texts.node.connect).click(whenAnswered);
  const way = app.page.getByRole('dialog', { name: texts.node.connect });
  await expect(way.getByLabel(texts.node.host, { exact: true })).toHaveValue(host);
  await expect(way.getByLabel(texts.node.user, { exact: true })).toHaveValue('hadoop');
  // The lab's sshd has another port and user than a real primary node.
  await way.getByLabel(texts.node.port, { exact: true }).fill(String(port));
  await way.getByLabel(texts.node.user, { exact: true }).fill(user);
  await answerOpenDialog(app, keyFile);
  await way.getByRole('button', { name: texts.node.browse }).click();
  await expect(way.getByLabel(texts.node.keyPath, { exact: true })).toHaveValue(keyFile);
  await way.getByRole('button', { name: texts.node.connectNow, exact: true }).click();

  // YARN's page, by a name that only the cluster's own network knows; from there to a page of another node.
  await button(`YARN, http://${privateName}:8088/`).click(whenAnswered);
  const yarn = await guestInFront(app, `${privateName}:8088`);
  await yarn.click('#inside');
  await guestInFront(app, `${privateName}:8042`);

  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await button(`JupyterHub, https://${privateName}:9443/`).click();
  const question = app.page.getByRole('alert').filter({ hasText: `${privateName}:9443` });
  await expect(question).toContainText(/SHA-256 [A-Za-z0-9+/]{43}=/, whenAnswered);
  await question.getByRole('button', { name: appTexts.certificate.trust }).click();
  await expect(question).toHaveCount(0);
  await guestInFront(app, `https://${privateName}:9443`);

  // The machine stays, also when the window is looked at anew.
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await button(texts.node.show).click();
  await expect(app.page.getByRole('heading', { level: 1, name: 'EMR Nuvem' })).toBeVisible();
});
