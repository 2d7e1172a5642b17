import { appendFile, chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Identity, usualAgent } from '../../../shared/model/machine';
import { startDropbear } from '../../support/lab/dropbear';
import {
  courseOf,
  findingIn,
  type LabDiagnosisOptions,
  makeLabDiagnosis,
  stepIn,
} from '../../support/lab/lab-diagnosis';
import { runCommand } from '../../support/lab/run-command';
import { startSshAgent } from '../../support/lab/ssh-agent';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../../support/lab/sshd';

const isRoot = process.getuid?.() === 0;
const needsRoot = isRoot ? '' : ' (skipped: making a system account needs root)';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function server(options: SshdOptions = {}): Promise<LabSshd> {
  const sshd = await startSshd(options);
  cleanUps.push(() => sshd.stop());
  return sshd;
}

type Place = Pick<LabSshd, 'host' | 'port' | 'user' | 'knownHostsPath'>;

async function diagnosis(
  { host, port, user, knownHostsPath }: Place,
  identity: Identity,
  options: Partial<LabDiagnosisOptions> = {},
) {
  const made = await makeLabDiagnosis({ route: { host, port, user }, identity, knownHostsPath, ...options });
  cleanUps.push(() => made.close());
  return made;
}

const keyFile = (path: string): Identity => ({ kind: 'keyFile', path });
const password: Identity = { kind: 'password' };

describe('a machine that works', () => {
  it('passes every step with one login, and known_hosts stays as it was', async () => {
    const sshd = await server();
    const knownHosts = await readFile(sshd.knownHostsPath, 'utf8');
    const snapshot = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(courseOf(snapshot)).toEqual([
      'here/route: passed',
      '0/identity: passed',
      '0/reach: passed',
      '0/greeting: passed',
      '0/algorithms: passed',
      '0/hostKey: passed',
      '0/signIn/publickey: passed',
      '0/command: passed',
      '0/storage: passed',
      '0/clock: passed',
      '0/tcpForwarding: passed',
      expect.stringMatching(/^0\/socketForwarding: (passed|skipped)$/),
    ]);
    expect(snapshot.state).toMatchObject({ kind: 'finished', verdict: 'works' });
    expect(await readFile(sshd.knownHostsPath, 'utf8')).toBe(knownHosts);
    expect(sshd.log().match(/Accepted publickey/g)).toHaveLength(1);
  });

  it('shows each step as it runs, and then what happened in it', async () => {
    const sshd = await server();
    const made = await diagnosis(sshd, keyFile(sshd.clientKeyPath));
    const snapshot = await made.run();
    const running = made.seen.flatMap(({ steps }) =>
      steps.filter(({ state }) => state.kind === 'running').map(({ kind }) => kind),
    );
    expect([...new Set(running)]).toEqual(expect.arrayContaining(['reach', 'greeting', 'signIn', 'command']));
    expect(stepIn(snapshot, '0/greeting').entries.map(({ code }) => code)).toEqual(['server-version']);
    expect(stepIn(snapshot, '0/signIn').entries.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['auth-trying-key', 'auth-succeeded']),
    );
  });

  it(`lets dropbear pass as well; that it forwards no sockets is only advice${needsRoot}`, async (context) => {
    if (!isRoot) return context.skip('making a system account needs root');
    const dropbear = await startDropbear('ed25519');
    cleanUps.push(() => dropbear.stop());
    const made = await diagnosis(dropbear, keyFile(dropbear.clientKeyPath));
    const snapshot = await made.run();
    expect(courseOf(snapshot).filter((line) => !/: (passed|skipped)$/.test(line))).toEqual([
      ...(stepIn(snapshot, '0/socketForwarding').state.kind === 'skipped'
        ? []
        : ['0/socketForwarding: socket-forwarding-off']),
    ]);
  });
});

describe('an identity', () => {
  it('whose key file is missing fails before anything is sent', async () => {
    const sshd = await server();
    const snapshot = await (await diagnosis(sshd, keyFile('~/.ssh/none'))).run();
    expect(findingIn(snapshot, '0/identity')).toMatchObject({
      code: 'key-missing',
      params: { path: '~/.ssh/none' },
    });
    expect(stepIn(snapshot, '0/reach').state.kind).toBe('skipped');
    expect(sshd.log()).not.toContain('Connection from');
  });

  it('whose key file others can read is advised about, and works', async () => {
    const sshd = await server();
    await chmod(sshd.clientKeyPath, 0o644);
    const snapshot = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(findingIn(snapshot, '0/identity').code).toBe('key-open-to-others');
    expect(snapshot.state).toMatchObject({ verdict: 'advice' });
  });

  it('whose passphrase is needed waits for the user, and fails without an answer', async () => {
    const sshd = await server();
    const key = await makeKeyPair(join(sshd.folder, 'locked'), { passphrase: 'open sesame' });
    const made = await diagnosis(sshd, keyFile(key.path));
    made.start();
    const { promptId } = await made.nextQuestion();
    made.service.answer({ kind: 'cancel', promptId });
    expect(findingIn(await made.finished(), '0/identity').code).toBe('answer-not-given');
  });

  it('whose agent is gone or empty', async () => {
    const sshd = await server();
    const agent = usualAgent;
    const gone = await (await diagnosis(sshd, agent, { agentSocketPath: '/nonexistent/agent' })).run();
    expect(findingIn(gone, '0/identity').code).toBe('agent-unreachable');
    const running = await startSshAgent();
    cleanUps.push(() => running.stop());
    const empty = await (await diagnosis(sshd, agent, { agentSocketPath: running.socketPath })).run();
    expect(findingIn(empty, '0/identity').code).toBe('agent-empty');
  });
});

describe('a host key', () => {
  it('that is unknown is asked about first; trusting it here does not change known_hosts', async () => {
    const sshd = await server();
    const made = await diagnosis(sshd, keyFile(sshd.clientKeyPath), {
      knownHostsPath: join(sshd.folder, 'empty_known_hosts'),
    });
    made.start();
    const question = await made.nextQuestion();
    expect(question).toMatchObject({ kind: 'hostKey', fingerprint: sshd.hostKeys[0]?.fingerprint });
    made.service.answer({ kind: 'hostKey', promptId: question.promptId, isAccepted: true });
    const snapshot = await made.finished();
    expect(stepIn(snapshot, '0/hostKey').state.kind).toBe('passed');
    expect(stepIn(snapshot, '0/command').state.kind).toBe('passed');
    await expect(readFile(made.lab.knownHostsPath, 'utf8')).rejects.toThrow('ENOENT');
  });

  it('that is not trusted ends the diagnosis before anybody signs in', async () => {
    const sshd = await server();
    const made = await diagnosis(sshd, keyFile(sshd.clientKeyPath), {
      knownHostsPath: join(sshd.folder, 'empty_known_hosts'),
    });
    made.start();
    const { promptId } = await made.nextQuestion();
    made.service.answer({ kind: 'hostKey', promptId, isAccepted: false });
    expect(findingIn(await made.finished(), '0/hostKey').code).toBe('host-key-not-trusted');
    expect(sshd.log()).not.toContain('Accepted');
  });

  it('that has changed is told with both fingerprints and the line that knows the old one', async () => {
    const sshd = await server();
    const oldFingerprint = sshd.hostKeys[0]?.fingerprint;
    await sshd.restart({ newHostKey: true });
    const snapshot = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(findingIn(snapshot, '0/hostKey')).toMatchObject({
      code: 'host-key-changed',
      params: { oldFingerprint, newFingerprint: sshd.hostKeys[0]?.fingerprint, line: 1 },
    });
  });

  it('that is revoked', async () => {
    const sshd = await server();
    await appendFile(sshd.knownHostsPath, `@revoked * ${sshd.hostKeys[0]?.publicKey}\n`);
    const snapshot = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(findingIn(snapshot, '0/hostKey').code).toBe('host-key-revoked');
  });
});

describe('signing in', () => {
  it('with a key that the machine does not know costs as many tries as connecting does', async () => {
    const sshd = await server();
    await sshd.authorize([]);
    const made = await diagnosis(sshd, keyFile(sshd.clientKeyPath));
    const snapshot = await made.run();
    expect(findingIn(snapshot, '0/signIn')).toMatchObject({
      code: 'key-refused',
      params: { user: sshd.user },
    });
    expect(stepIn(snapshot, '0/command').state.kind).toBe('skipped');
    const failures = () => sshd.log().match(/Failed publickey/g)?.length ?? 0;
    const ofDiagnosis = failures();
    await made.lab.connectFails();
    expect(ofDiagnosis).toBeLessThanOrEqual(failures() - ofDiagnosis);
  });

  it('as a user whom DenyUsers keeps out', async () => {
    const sshd = await server({ config: ['DenyUsers *'] });
    const snapshot = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(findingIn(snapshot, '0/signIn').code).toBe('key-refused');
  });

  it('with so many keys of an agent that MaxAuthTries is used up', async () => {
    const sshd = await server({ config: ['MaxAuthTries 1'] });
    const agent = await startSshAgent();
    cleanUps.push(() => agent.stop());
    for (const name of ['other_1', 'other_2', 'other_3'])
      await agent.add((await makeKeyPair(join(sshd.folder, name))).path);
    await agent.add(sshd.clientKeyPath);
    const made = await diagnosis(sshd, usualAgent, { agentSocketPath: agent.socketPath });
    expect(findingIn(await made.run(), '0/signIn')).toMatchObject({
      code: 'tries-used-up',
      params: { count: 1, heldCount: 4 },
    });
  });

  it('with the keys of an agent of which none is known', async () => {
    const sshd = await server();
    const agent = await startSshAgent();
    cleanUps.push(() => agent.stop());
    for (const name of ['other_1', 'other_2'])
      await agent.add((await makeKeyPair(join(sshd.folder, name))).path);
    const made = await diagnosis(sshd, usualAgent, { agentSocketPath: agent.socketPath });
    expect(findingIn(await made.run(), '0/signIn')).toMatchObject({
      code: 'agent-keys-refused',
      params: { count: 2 },
    });
  });

  it('where passwords are off', async () => {
    const sshd = await server();
    const snapshot = await (await diagnosis(sshd, password)).run();
    expect(findingIn(snapshot, '0/signIn')).toMatchObject({
      code: 'method-not-offered',
      params: { methods: 'publickey' },
    });
  });

  it('where keys are off', async () => {
    const sshd = await server({ config: ['PubkeyAuthentication no', 'PasswordAuthentication yes'] });
    const snapshot = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(findingIn(snapshot, '0/signIn')).toMatchObject({
      code: 'method-not-offered',
      params: { methods: 'password' },
    });
  });

  it(`with a wrong password, which is asked for once and only on request${needsRoot}`, async (context) => {
    if (!isRoot) return context.skip('making a system account needs root');
    const sshd = await server({ passwordAccount: 'password' });
    const made = await diagnosis(sshd, password);
    made.start();
    await made.giveSecret('not the one');
    const snapshot = await made.finished();
    expect(findingIn(snapshot, '0/signIn').code).toBe('password-refused');
    expect(sshd.log().match(/Failed password/g)).toHaveLength(1);
    expect(JSON.stringify(made.seen)).not.toContain('not the one');
  });

  it(`to an account that has expired${needsRoot}`, async (context) => {
    if (!isRoot) return context.skip('making a system account needs root');
    const sshd = await server({ passwordAccount: 'password', config: ['UsePAM yes'] });
    await runCommand('chage', ['-E', '0', sshd.user]);
    const byKey = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(findingIn(byKey, '0/signIn')).toMatchObject({
      code: 'account-refused',
      quotes: [expect.stringContaining('account has expired')],
    });
    const byPassword = await diagnosis(sshd, password);
    byPassword.start();
    await byPassword.giveSecret(sshd.password);
    expect(findingIn(await byPassword.finished(), '0/signIn').code).toBe('account-refused');
  });

  it(`by questions of the server (keyboard-interactive)${needsRoot}`, async (context) => {
    if (!isRoot) return context.skip('making a system account needs root');
    const sshd = await server({ passwordAccount: 'keyboardInteractive' });
    const made = await diagnosis(sshd, password);
    made.start();
    await made.giveSecret(sshd.password);
    const snapshot = await made.finished();
    expect(stepIn(snapshot, '0/signIn')).toMatchObject({
      method: 'keyboard-interactive',
      state: { kind: 'passed' },
    });
  });
});

/** Puts the client's key where sshd looks for it by default. */
async function authorizeInHome(sshd: LabSshd, home: string): Promise<void> {
  const { uid, gid } = await stat(home);
  await mkdir(join(home, '.ssh'), { mode: 0o700 });
  await writeFile(join(home, '.ssh', 'authorized_keys'), await readFile(`${sshd.clientKeyPath}.pub`), {
    mode: 0o600,
  });
  await chown(join(home, '.ssh'), uid, gid);
  await chown(join(home, '.ssh', 'authorized_keys'), uid, gid);
}

describe.skipIf(!isRoot)(`the files by which keys sign in${needsRoot}`, () => {
  async function strictServer() {
    const sshd = await server({
      passwordAccount: 'password',
      config: ['StrictModes yes', 'AuthorizedKeysFile .ssh/authorized_keys'],
    });
    const home = join(sshd.folder, 'home');
    return { sshd, home };
  }

  it('that others may write to: a password shows which, with the command that mends them', async () => {
    const { sshd, home } = await strictServer();
    await authorizeInHome(sshd, home);
    await chmod(home, 0o775);
    await chmod(join(home, '.ssh', 'authorized_keys'), 0o666);
    const made = await diagnosis(sshd, keyFile(sshd.clientKeyPath));
    expect(findingIn(await made.run(), '0/signIn').code).toBe('key-refused');
    expect(sshd.log()).toContain('bad ownership or modes');

    made.start('inside');
    await made.giveSecret(sshd.password);
    const finding = findingIn(await made.finished(), '0/permissions');
    expect(finding).toMatchObject({
      code: 'permissions-wrong',
      commands: ['chmod go-w ~', 'chmod 600 ~/.ssh/authorized_keys'],
    });

    // The very commands, as the user would run them there.
    await made.lab.close();
    const inside = await diagnosis(sshd, password);
    const ready = inside.lab.connect();
    await inside.lab.giveSecret(sshd.password);
    expect(await (await ready).exec(finding.commands.join(' && '))).toMatchObject({ exitCode: 0 });
    const again = await (await diagnosis(sshd, keyFile(sshd.clientKeyPath))).run();
    expect(stepIn(again, '0/signIn').state.kind).toBe('passed');
  });

  it('that do not list the key', async () => {
    const { sshd, home } = await strictServer();
    await authorizeInHome(sshd, home);
    const other = await makeKeyPair(join(sshd.folder, 'other'));
    const made = await diagnosis(sshd, keyFile(other.path));
    await made.run();
    made.start('inside');
    await made.giveSecret(sshd.password);
    expect(findingIn(await made.finished(), '0/permissions')).toMatchObject({
      code: 'key-not-listed',
      params: { path: `${home}/.ssh/authorized_keys` },
    });
  });

  it('that are as they should be: the cause is elsewhere', async () => {
    const { sshd, home } = await strictServer();
    await authorizeInHome(sshd, home);
    const made = await diagnosis(sshd, keyFile(sshd.clientKeyPath));
    await made.run();
    made.start('inside');
    await made.giveSecret(sshd.password);
    expect(findingIn(await made.finished(), '0/permissions').code).toBe('permissions-fine');
  });
});
