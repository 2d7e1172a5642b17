import { expect, test } from '@playwright/test';
import { type AppProfile, guestInFront, killLeftApps, type LabApp, makeAppProfile } from '../support/lab/app';
import { type EmrGaps, startEmrGaps } from '../support/lab/emr-gaps';
import { connectToNode, launchAtClusters, makeCluster, whenAnswered } from '../support/lab/emr-pages';
import { canMakeNetworks } from '../support/lab/lab-network';
import { type Moto, startMoto } from '../support/lab/moto';
import { filled, textsOf } from '../support/lab/texts';
import { startWebMachine, type WebMachine } from '../support/lab/web-machine';

/** A real sshd as the primary node, in a network of its own, with pages where YARN and JupyterHub have theirs. */
test.skip(!canMakeNetworks, 'a network of its own for the machine needs root on Linux');

const { app: appTexts, clusters: texts } = textsOf('en');
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
  app = await launchAtClusters(profile, gaps.endpoint);
  await makeCluster(app, { [texts.keyPair]: 'ana' });
  await button(filled(texts.openNamed, { name: 'Nuvem' })).click(whenAnswered);
  await button(texts.node.connect).click(whenAnswered);
  await connectToNode(app, machine.form);

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
