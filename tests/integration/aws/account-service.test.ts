import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountDraft, AwsIdentity } from '../../../shared/model/aws-account';
import {
  awsEnvironment,
  readAwsFile,
  writeAwsFiles,
  writeCredentialProcess,
} from '../../support/lab/aws-home';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { type LabUser, makeIamUser, withAuthorization } from '../../support/lab/moto-iam';
import { startSsoPortal } from '../../support/lab/sso-portal';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let moto: Moto;
let home: TempFolder;
let aws: LabAws;

beforeAll(async () => {
  moto = await startMoto();
});

afterAll(async () => {
  await moto.stop();
});

beforeEach(async () => {
  home = await makeTempFolder('aws');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  aws = makeLabAws();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

const keys = 'aws_access_key_id = AKIATEST\naws_secret_access_key = secret\n';

async function identityOf(draft: Partial<AwsAccountDraft>): Promise<AwsIdentity> {
  const { id } = aws.save({ endpoint: moto.endpoint, ...draft });
  await aws.service.check(id);
  const signIn = aws.signInOf(id);
  if (signIn.kind !== 'known') throw new Error(JSON.stringify(signIn));
  return signIn.identity;
}

async function failureOf(draft: Partial<AwsAccountDraft>) {
  const { id } = aws.save({ endpoint: moto.endpoint, ...draft });
  await aws.service.check(id);
  const signIn = aws.signInOf(id);
  if (signIn.kind !== 'failed') throw new Error(JSON.stringify(signIn));
  return signIn.error;
}

describe('who am I', () => {
  test('is answered for keys in a profile, in the region of the profile', async () => {
    await writeAwsFiles(home.path, {
      credentials: `[lab]\n${keys}`,
      config: '[profile lab]\nregion = sa-east-1\n',
    });
    expect(await identityOf({ profile: 'lab', region: '' })).toEqual({
      accountNumber: '123456789012',
      arn: 'arn:aws:sts::123456789012:user/moto',
      region: 'sa-east-1',
      expiresAtMs: null,
      signInEndsAtMs: null,
    });
  });

  test("is answered for keys in the environment, with the environment's region and endpoint", async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ENDPOINT_URL', moto.endpoint);
    expect(await identityOf({ region: '', endpoint: '' })).toMatchObject({ region: 'eu-west-1' });
  });

  test('is answered for a profile that was written after another one was read', async () => {
    await writeAwsFiles(home.path, { credentials: `[first]\n${keys}` });
    await identityOf({ profile: 'first' });
    await writeAwsFiles(home.path, { credentials: `[second]\n${keys}` });
    expect(await identityOf({ profile: 'second' })).toMatchObject({ accountNumber: '123456789012' });
  });

  test('is answered for what a credential process prints, with its expiry', async () => {
    const expiration = new Date(Date.now() + 1_800_000).toISOString();
    const answer = { Version: 1, AccessKeyId: 'AKIATEST', SecretAccessKey: 's', Expiration: expiration };
    const process = await writeCredentialProcess(home.path, `echo '${JSON.stringify(answer)}'`);
    await writeAwsFiles(home.path, { config: `[profile tool]\ncredential_process = ${process}\n` });
    expect(await identityOf({ profile: 'tool' })).toMatchObject({ expiresAtMs: Date.parse(expiration) });
  });
});

describe('a role', () => {
  const roleConfig = (more = '') =>
    `[profile base]\n${keys}\n[profile role]\nsource_profile = base\n` +
    `role_arn = arn:aws:iam::123456789012:role/analyst\nrole_session_name = ana\n${more}`;

  test('is taken, and its credentials expire', async () => {
    await writeAwsFiles(home.path, { config: roleConfig() });
    const identity = await identityOf({ profile: 'role' });
    expect(identity.arn).toBe('arn:aws:sts::123456789012:assumed-role/analyst/ana');
    expect(identity.expiresAtMs).toBeGreaterThan(Date.now());
  });

  test('that wants an MFA code asks for it, once for all calls', async () => {
    await writeAwsFiles(home.path, {
      config: roleConfig('mfa_serial = arn:aws:iam::123456789012:mfa/ana\n'),
    });
    const { id } = aws.save({ profile: 'role', endpoint: moto.endpoint });
    const checked = aws.service.check(id);
    const { promptId, device } = await aws.until(id, 'awaitingCode');
    expect(device).toBe('arn:aws:iam::123456789012:mfa/ana');
    aws.service.answerCode(id, promptId, '123456');
    await checked;
    expect(aws.signInOf(id)).toMatchObject({ kind: 'known' });
    const session = await aws.service.session(id);
    expect(await session.call('sts.getCallerIdentity', {})).toMatchObject({ Account: '123456789012' });
    expect(aws.signInOf(id)).toMatchObject({ kind: 'known' });
  });

  test('whose code the user does not give is not taken, and nothing is said to have failed', async () => {
    await writeAwsFiles(home.path, { config: roleConfig('mfa_serial = arn:aws:iam::1:mfa/ana\n') });
    const { id } = aws.save({ profile: 'role', endpoint: moto.endpoint });
    const checked = aws.service.check(id);
    await aws.until(id, 'awaitingCode');
    aws.service.cancel(id);
    await checked;
    expect(aws.signInOf(id)).toEqual({ kind: 'unknown' });
  });

  test('that may not be taken tells which permission is missing', async () => {
    const user = await makeIamUser(moto, 'ana', []);
    await writeAwsFiles(home.path, {
      config: roleConfig().replace(keys, keysOf(user)),
    });
    await withAuthorization(moto, async () => {
      const error = await failureOf({ profile: 'role' });
      expect(error).toMatchObject({ code: 'aws-role-refused', params: { permissions: 'sts:AssumeRole' } });
      expect(error.details.join()).toContain('is not authorized to perform: sts:AssumeRole');
    });
  });
});

describe('a sign-in through the browser', () => {
  const ssoConfig =
    '[sso-session work]\nsso_start_url = https://work.awsapps.com/start\nsso_region = us-east-1\n' +
    '[profile browser]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = Analyst\n';

  test('opens the page, waits for the user, and is there for every AWS tool', async () => {
    const portal = await startSsoPortal({
      behind: moto.endpoint,
      role: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    });
    try {
      await writeAwsFiles(home.path, { config: ssoConfig });
      const { id } = aws.save({ profile: 'browser', endpoint: portal.endpoint });
      await aws.service.check(id);
      expect(aws.signInOf(id)).toMatchObject({ kind: 'failed', error: { code: 'aws-sign-in-needed' } });

      const signedIn = aws.service.signIn(id);
      expect(await aws.until(id, 'awaitingBrowser')).toMatchObject({ userCode: 'ABCD-EFGH' });
      expect(aws.openedUrls).toEqual([`${moto.endpoint}/device?user_code=ABCD-EFGH`]);
      await vi.waitFor(() => expect(portal.asked).toContain('POST /token'), { timeout: 20_000 });
      expect(aws.signInOf(id)).toMatchObject({ kind: 'awaitingBrowser' });
      portal.confirm();
      await signedIn;
      const signIn = aws.signInOf(id);
      expect(signIn).toMatchObject({ kind: 'known', identity: { accountNumber: '123456789012' } });
      if (signIn.kind === 'known') expect(signIn.identity.signInEndsAtMs).toBeGreaterThan(Date.now());

      // Where and as `aws sso login` keeps it: the SHA-1 of the session's name.
      const file = `${createHash('sha1').update('work').digest('hex')}.json`;
      expect(JSON.parse(await readAwsFile(home.path, 'sso', 'cache', file))).toMatchObject({
        startUrl: 'https://work.awsapps.com/start',
        accessToken: 'portal-token',
      });
      expect((await stat(join(home.path, '.aws', 'sso', 'cache', file))).mode & 0o777).toBe(0o600);
    } finally {
      await portal.stop();
    }
  });

  test('that is called off ends, and a new check says that it is needed', async () => {
    const portal = await startSsoPortal({
      behind: moto.endpoint,
      role: { accessKeyId: 'a', secretAccessKey: 's' },
    });
    try {
      await writeAwsFiles(home.path, { config: ssoConfig });
      const { id } = aws.save({ profile: 'browser', endpoint: portal.endpoint });
      const signedIn = aws.service.signIn(id);
      await aws.until(id, 'awaitingBrowser');
      aws.service.cancel(id);
      await signedIn;
      expect(aws.signInOf(id)).toEqual({ kind: 'unknown' });
      await aws.service.check(id);
      expect(aws.signInOf(id)).toMatchObject({ kind: 'failed', error: { code: 'aws-sign-in-needed' } });
    } finally {
      await portal.stop();
    }
  });

  test('is not there for a profile of keys', async () => {
    await writeAwsFiles(home.path, { credentials: `[lab]\n${keys}` });
    const { id } = aws.save({ profile: 'lab' });
    await aws.service.signIn(id);
    expect(aws.signInOf(id)).toMatchObject({ error: { code: 'aws-sign-in-unsupported' } });
  });
});

describe('what goes wrong is told as what it is', () => {
  test('a profile that is not there', async () => {
    expect(await failureOf({ profile: 'nobody' })).toMatchObject({
      code: 'aws-profile-missing',
      params: { profile: 'nobody' },
    });
  });

  test('no region anywhere', async () => {
    await writeAwsFiles(home.path, { credentials: `[lab]\n${keys}` });
    expect(await failureOf({ profile: 'lab', region: '' })).toMatchObject({ code: 'aws-region-missing' });
  });

  test('no credentials anywhere', async () => {
    expect(await failureOf({})).toMatchObject({ code: 'aws-credentials-missing' });
  });

  test('a credential process that fails, with what it said but no secret', async () => {
    const process = await writeCredentialProcess(home.path, 'echo "no token=hunter2 today" >&2; exit 3');
    await writeAwsFiles(home.path, { config: `[profile tool]\ncredential_process = ${process}\n` });
    const error = await failureOf({ profile: 'tool' });
    expect(error.code).toBe('aws-process-failed');
    expect(error.details.join()).toContain('today');
    expect(error.details.join()).not.toContain('hunter2');
  });

  test('keys that AWS does not know', async () => {
    await writeAwsFiles(home.path, { credentials: `[lab]\n${keys}` });
    await withAuthorization(moto, async () => {
      expect(await failureOf({ profile: 'lab' })).toMatchObject({ code: 'aws-credentials-refused' });
    });
  });

  test('nobody at the endpoint', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await writeAwsFiles(home.path, { credentials: `[lab]\n${keys}` });
    expect(await failureOf({ profile: 'lab', endpoint: `http://127.0.0.1:${port}` })).toMatchObject({
      code: 'aws-unreachable',
      params: { host: `127.0.0.1:${port}`, reason: 'ECONNREFUSED' },
    });
  });

  /** What moto never answers, as AWS's query protocol has it. */
  async function withAnswer(
    status: number,
    name: string,
    dateMs: number,
    use: (endpoint: string) => Promise<void>,
  ) {
    const server = createServer((incoming, response) => {
      incoming.resume();
      response.writeHead(status, { 'content-type': 'text/xml', date: new Date(dateMs).toUTCString() });
      response.end(
        `<ErrorResponse><Error><Code>${name}</Code><Message>No.</Message></Error></ErrorResponse>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  test.each([
    [400, 'ExpiredToken', 0, 'aws-credentials-expired'],
    [400, 'Throttling', 0, 'aws-throttled'],
    [403, 'SignatureDoesNotMatch', 0, 'aws-credentials-refused'],
    [403, 'SignatureDoesNotMatch', 3 * 3_600_000, 'aws-clock-wrong'],
    [403, 'RequestExpired', -3 * 3_600_000, 'aws-clock-wrong'],
    [418, 'Teapot', 0, 'aws-failed'],
  ] as const)('%i %s at a clock that differs by %i ms', async (status, name, differenceMs, code) => {
    await writeAwsFiles(home.path, { credentials: `[lab]\n${keys}` });
    await withAnswer(status, name, Date.now() + differenceMs, async (endpoint) => {
      expect((await failureOf({ profile: 'lab', endpoint })).code).toBe(code);
    });
  });
});

test('an account that is removed is asked about in vain', async () => {
  const { id } = aws.save({});
  aws.service.remove(id);
  await expect(aws.service.check(id)).rejects.toEqual(new AppError('aws-account-not-found'));
});

const keysOf = ({ accessKeyId, secretAccessKey }: LabUser): string =>
  `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
