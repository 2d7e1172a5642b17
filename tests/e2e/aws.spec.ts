import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerOpenDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  stubBrowser,
} from '../support/lab/app';
import { awsEnvironment, writeAwsFiles } from '../support/lab/aws-home';
import { type Moto, startMoto } from '../support/lab/moto';
import { type SsoPortal, startSsoPortal } from '../support/lab/sso-portal';
import { filled, textsOf } from '../support/lab/texts';

const texts = textsOf('en').aws;
/** For an answer of moto, which loads each service when it is first asked. */
const whenAnswered = { timeout: 60_000 };

let profile: AppProfile;
let moto: Moto;
let app: LabApp;

test.beforeAll(async () => {
  moto = await startMoto();
});

test.afterAll(async () => {
  await moto.stop();
});

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const button = (name: string) => app.page.getByRole('button', { name, exact: true });
const account = (name: string) => app.page.getByRole('listitem').filter({ hasText: name });

async function openAwsPage(): Promise<void> {
  const env = Object.entries(awsEnvironment(profile.home)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  app = await launchApp({ profile, env: Object.fromEntries(env) });
  await button(texts.title).click();
}

/** Adds the account of a profile, as its dialog is left after the profile was chosen. */
async function addAccount(profileName: string, endpoint: string): Promise<void> {
  await button(texts.addAccount).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('button', { name: texts.profile }).click();
  await app.page.getByRole('option', { name: new RegExp(`^${profileName} ·`) }).click();
  await dialog.getByLabel(texts.region).fill('us-east-1');
  await dialog.getByLabel(texts.endpoint).fill(endpoint);
  await dialog.getByRole('button', { name: texts.save }).click();
}

test('an account with a role that wants a code tells who I am, and is there at the next start', async () => {
  await writeAwsFiles(profile.home, {
    credentials: '[base]\naws_access_key_id = AKIATEST\naws_secret_access_key = very-secret\n',
    config:
      '[profile analyst]\nsource_profile = base\nrole_session_name = ana\n' +
      'role_arn = arn:aws:iam::123456789012:role/analyst\nmfa_serial = arn:aws:iam::123456789012:mfa/ana\n',
  });
  await openAwsPage();
  await addAccount('analyst', moto.endpoint);
  const question = () => app.page.getByRole('dialog', { name: filled(texts.codeTitle, { name: 'analyst' }) });
  await expect(question()).toContainText('arn:aws:iam::123456789012:mfa/ana');
  await question().getByLabel(texts.code).fill('123456');
  await question().getByRole('button', { name: texts.continue }).click();
  await expect(account('analyst')).toContainText('arn:aws:sts::123456789012:assumed-role/analyst/ana');
  await expect(account('analyst')).toContainText(filled(texts.accountNumber, { number: '123456789012' }));

  await app.quit();
  await openAwsPage();
  await expect(question()).toBeVisible();
  await question().getByRole('button', { name: texts.cancel }).click();
  await expect(button(filled(texts.testNamed, { name: 'analyst' }))).toBeVisible();
});

test('signing in through the browser', async () => {
  const portal: SsoPortal = await startSsoPortal({
    behind: moto.endpoint,
    role: { accessKeyId: 'AKIATEST', secretAccessKey: 'very-secret' },
  });
  try {
    await writeAwsFiles(profile.home, {
      config:
        '[sso-session work]\nsso_start_url = https://work.awsapps.com/start\nsso_region = us-east-1\n' +
        '[profile browser]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = Analyst\n',
    });
    await openAwsPage();
    const openedUrls = await stubBrowser(app);
    await addAccount('browser', portal.endpoint);
    await expect(account('browser')).toContainText(/not signed in to AWS/);
    await button(filled(texts.signInNamed, { name: 'browser' })).click();
    await expect(account('browser')).toContainText('ABCD-EFGH');
    await expect.poll(openedUrls).toEqual([expect.stringContaining('user_code=ABCD-EFGH')]);
    portal.confirm();
    await expect(account('browser')).toContainText(/Signed in until/, { timeout: 30_000 });
  } finally {
    await portal.stop();
  }
});

test('a missing permission is named, with the policy to ask for', async () => {
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  await openAwsPage();
  await button(texts.permissions).click();
  const dialog = app.page.getByRole('dialog', { name: texts.permissions });
  await expect(dialog.getByRole('cell', { name: 'sts:AssumeRole' })).toBeVisible();
  await dialog.getByRole('button', { name: texts.copyPolicy }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(JSON.parse(copied).Statement[0].Action).toContain('sts:AssumeRole');
});

test('a cluster is created from the usual template, seen, copied as YAML, and terminated', async () => {
  const clusterTexts = textsOf('en').clusters;
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  await openAwsPage();
  await addAccount('lab', moto.endpoint);
  await button(filled(texts.clustersNamed, { name: 'lab' })).click();
  await expect(app.page.getByText(clusterTexts.none)).toBeVisible(whenAnswered);

  await button(clusterTexts.newCluster).click();
  const dialog = app.page.getByRole('dialog', { name: clusterTexts.newCluster });
  await dialog.getByLabel(clusterTexts.name, { exact: true }).fill('Exploration');
  await dialog.getByRole('button', { name: clusterTexts.texts }).click();
  await expect(dialog.getByText('releaseLabel: emr-6.15.0')).toBeVisible();
  await dialog.getByRole('button', { name: clusterTexts.create, exact: true }).click();
  const row = account('Exploration');
  await expect(row).toContainText(clusterTexts.state.WAITING, whenAnswered);
  await expect(row).toContainText('m5.xlarge, 2 of 2 running', whenAnswered);

  await row
    .getByRole('button', { name: filled(clusterTexts.terminateNamed, { name: 'Exploration' }) })
    .click();
  const question = app.page.getByRole('alertdialog');
  await expect(question).toContainText(clusterTexts.noStop);
  await question.getByRole('button', { name: clusterTexts.terminate, exact: true }).click();
  await expect(row).toContainText(clusterTexts.state.TERMINATED, whenAnswered);

  // It can be made again: its template was kept.
  await button(clusterTexts.newCluster).click();
  await dialog.getByRole('button', { name: clusterTexts.template, exact: false }).first().click();
  await app.page.getByRole('option', { name: 'Exploration' }).click();
  await expect(dialog.getByLabel(clusterTexts.name, { exact: true })).toHaveValue('Exploration');
});

test('a script of this computer is uploaded and runs as a step of a cluster', async () => {
  const clusterTexts = textsOf('en').clusters;
  const stepTexts = clusterTexts.steps;
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  await fetch(`${moto.endpoint}/research`, { method: 'PUT' });
  await openAwsPage();
  await addAccount('lab', moto.endpoint);
  await button(filled(texts.clustersNamed, { name: 'lab' })).click();
  await button(clusterTexts.newCluster).click();
  const dialog = app.page.getByRole('dialog', { name: clusterTexts.newCluster });
  await dialog.getByLabel(clusterTexts.name, { exact: true }).fill('Steps');
  await dialog.getByLabel(clusterTexts.logUri, { exact: true }).fill('s3://research/logs/');
  await dialog.getByRole('button', { name: clusterTexts.create, exact: true }).click();
  // Its details are there: from now on the folder of its logs is known.
  await expect(account('Steps')).toContainText('s3://research/logs/', whenAnswered);
  await button(filled(clusterTexts.openNamed, { name: 'Steps' })).click();
  await expect(app.page.getByText(stepTexts.none)).toBeVisible(whenAnswered);

  const script = join(profile.home, 'count.py');
  await writeFile(script, 'print("done")\n');
  await answerOpenDialog(app, script);
  await button(stepTexts.add).click();
  const step = app.page.getByRole('dialog', { name: stepTexts.add });
  await step.getByRole('button', { name: stepTexts.chooseScript }).click();
  await expect(step.getByLabel(stepTexts.script, { exact: true })).toHaveValue(
    /^s3:\/\/research\/nuvem\/[\d-]+\/count\.py$/,
  );
  const uri = await step.getByLabel(stepTexts.script, { exact: true }).inputValue();
  await step.getByRole('button', { name: stepTexts.addIt, exact: true }).click();
  const row = account('count.py');
  await expect(row).toContainText(stepTexts.state.RUNNING, whenAnswered);
  await expect(row).toContainText(`spark-submit --deploy-mode client ${uri}`);
  const uploaded = await fetch(uri.replace('s3:/', moto.endpoint), {
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
    },
  });
  expect(await uploaded.text()).toBe('print("done")\n');

  await button(filled(stepTexts.againNamed, { name: 'count.py' })).click();
  await expect(step.getByLabel(stepTexts.script, { exact: true })).toHaveValue(uri);
  await step.getByRole('button', { name: stepTexts.addIt, exact: true }).click();
  await expect(row).toHaveCount(2, whenAnswered);
  await button(filled(stepTexts.logsNamed, { name: 'count.py' }))
    .first()
    .click();
  await expect(app.page.getByText(stepTexts.logNotThere)).toBeVisible(whenAnswered);
});
