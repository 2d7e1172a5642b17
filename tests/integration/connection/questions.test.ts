import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SecretCipher } from '../../../electron/vault/secret-cipher';
import type { Jump } from '../../../shared/model/machine';
import type { AttemptPrompt } from '../../../shared/model/prompt';
import {
  type AskingServer,
  type AskingServerOptions,
  startAskingServer,
} from '../../support/lab/asking-server';
import {
  type LabConnection,
  type LabConnectionOptions,
  makeLabConnection,
} from '../../support/lab/lab-connection';
import { runCommand } from '../../support/lab/run-command';
import { startSshd } from '../../support/lab/sshd';

const isRoot = process.getuid?.() === 0;
const needsRoot = isRoot ? '' : ' (skipped: making a system account needs root)';
const patience = { timeout: 20_000 };

/** A keyring for tests: the vault around it is the real one. */
const keyring: SecretCipher = {
  isAvailable: () => true,
  encrypt: (secret) => Buffer.from(secret).reverse(),
  decrypt: (ciphertext) => Buffer.from(ciphertext).reverse().toString(),
};

let cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

async function server(options: AskingServerOptions): Promise<AskingServer> {
  const started = await startAskingServer(options);
  cleanUps.push(started.stop);
  return started;
}

async function connection(
  servers: readonly AskingServer[],
  options: Partial<LabConnectionOptions> = {},
): Promise<LabConnection> {
  const [target, ...before] = servers.toReversed();
  if (target === undefined) throw new Error('no servers');
  const identity = { kind: 'password' } as const;
  const endpointOf = ({ host, port, user }: AskingServer) => ({ host, port, user });
  const jumps = before.toReversed().map((jump): Jump => ({ kind: 'inline', ...endpointOf(jump), identity }));
  const lab = await makeLabConnection({ route: { ...endpointOf(target), jumps }, identity, ...options });
  cleanUps.push(lab.close);
  await writeFile(lab.knownHostsPath, servers.map(({ knownHosts }) => knownHosts).join(''));
  return lab;
}

type Questions = Extract<AttemptPrompt, { kind: 'keyboardInteractive' }>;

/** Answers the next questions that are not those of `before`. */
async function answer(
  lab: LabConnection,
  answers: readonly string[],
  before?: Questions,
): Promise<Questions> {
  let prompt: AttemptPrompt | null = null;
  await expect
    .poll(() => {
      const state = lab.state();
      prompt = state.kind === 'authenticating' ? state.prompt : null;
      return prompt !== null && prompt.promptId !== before?.promptId;
    }, patience)
    .toBe(true);
  const asked = prompt as unknown as Questions;
  expect(asked.kind).toBe('keyboardInteractive');
  lab.pool.answer({ kind: 'keyboardInteractive', promptId: asked.promptId, answers: [...answers] });
  return asked;
}

const twoFactors = {
  rounds: [
    {
      ...{ title: 'Sign in', instructions: 'Both, please', answers: ['sesame', '0042'] },
      prompts: [
        ['Password: ', false],
        ['Code: ', true],
      ],
    },
    { title: '', instructions: '', prompts: [['And your pet? ', true]], answers: ['Rex'] },
  ],
} as const;

describe('a server that asks several questions in several rounds', () => {
  it('gets its answers round by round', async () => {
    const lab = await connection([await server(twoFactors)]);
    const ready = lab.connect();
    const first = await answer(lab, ['sesame', '0042']);
    expect(first).toMatchObject({
      ...{ title: 'Sign in', instructions: 'Both, please' },
      questions: [
        { text: 'Password: ', isEchoed: false },
        { text: 'Code: ', isEchoed: true },
      ],
    });
    await answer(lab, ['Rex'], first);
    expect((await (await ready).exec('whatever')).stdout).toBe('in\n');
    expect(JSON.stringify(lab.log())).not.toMatch(/sesame|0042|Rex/);
  });

  it('is named when it is a jump host, and each hop has questions of its own', async () => {
    const inner = { rounds: [{ ...twoFactors.rounds[1], answers: ['Mia'] }] };
    const [bastion, target] = [{ ...(await server(twoFactors)), host: 'localhost' }, await server(inner)];
    const lab = await connection([bastion, target]);
    const ready = lab.connect();
    const first = await answer(lab, ['sesame', '0042']);
    const second = await answer(lab, ['Rex'], first);
    expect([first.hop, second.hop]).toEqual(['localhost', 'localhost']);
    const password = await lab.nextSecretPrompt();
    expect(password.promptId).not.toBe(second.promptId);
    lab.pool.answer({ kind: 'keyboardInteractive', promptId: password.promptId, answers: ['Mia'] });
    expect((await (await ready).exec('whatever')).stdout).toBe('in\n');
  });

  it('says no to a wrong answer, and nothing is tried again by itself', async () => {
    const lab = await connection([await server(twoFactors)]);
    lab.pool.connect(lab.machineId);
    await answer(lab, ['sesame', '1111']);
    await expect.poll(() => lab.logCodes(), patience).toContain('auth-refused');
    expect(lab.logCodes().filter((code) => code === 'tcp-connected')).toHaveLength(1);
  });
});

describe('a password that has expired', () => {
  const expired = { password: 'old one', newPassword: 'new one' };

  it('is changed for the one that its user gives, and the machine is open', async () => {
    const lab = await connection([await server(expired)]);
    const ready = lab.connect();
    await lab.giveSecret('old one');
    expect(await lab.giveSecret('new one')).toMatchObject({
      ...{ kind: 'newPassword', user: 'ana', text: 'Your password has expired.' },
    });
    expect((await (await ready).exec('whatever')).stdout).toBe('in\n');
    expect(JSON.stringify(lab.log())).not.toMatch(/old one|new one/);
  });

  it('is remembered as the new one where the old one was to be', async () => {
    const remembering = await connection([await server(expired)], { cipher: keyring });
    const ready = remembering.connect();
    await remembering.giveSecret('old one', true);
    await remembering.giveSecret('new one');
    await ready;
    await expect.poll(() => remembering.logCodes(), patience).toContain('secret-remembered');
    const vault = await readFile(join(remembering.folder, 'vault.json'), 'utf8');
    expect(vault).toContain(Buffer.from('new one').reverse().toString('base64'));
    expect(vault).not.toContain(Buffer.from('old one').reverse().toString('base64'));
  });

  it('stays when the server refuses the new one, which is said', async () => {
    const lab = await connection([await server(expired)]);
    lab.pool.connect(lab.machineId);
    await lab.giveSecret('old one');
    await lab.giveSecret('too simple');
    expect(await lab.nextSecretPrompt()).toMatchObject({ kind: 'password', wasWrong: true });
  });

  it('may be kept: who cancels is not signed in', async () => {
    const lab = await connection([await server(expired)]);
    const ready = lab.connect();
    await lab.giveSecret('old one');
    const { promptId } = await lab.nextSecretPrompt();
    lab.pool.answer({ kind: 'cancel', promptId });
    await expect(ready).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.runIf(isRoot)(`is changed by the questions of a system's own log-in (PAM)${needsRoot}`, async () => {
    const sshd = await startSshd({ passwordAccount: 'keyboardInteractive' });
    cleanUps.push(sshd.stop);
    await runCommand('chage', ['-d', '0', sshd.user]);
    const { host, port, user, knownHostsPath } = sshd;
    const identity = { kind: 'password' } as const;
    const lab = await makeLabConnection({ route: { host, port, user }, identity, knownHostsPath });
    cleanUps.push(lab.close);
    const ready = lab.connect();
    await lab.giveSecret(sshd.password);
    const replacement = `Other-${sshd.password}`;
    const current = await answer(lab, [sshd.password]);
    const fresh = await answer(lab, [replacement], current);
    await answer(lab, [replacement], fresh);
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
  });
});

describe('without a keyring', () => {
  it('a secret to be remembered lasts for this run, and nothing of it is on disk', async () => {
    const lab = await connection([await server({ password: 'old one' })]);
    const ready = lab.connect();
    expect(await lab.giveSecret('old one', true)).toMatchObject({ canRemember: false });
    await ready;
    await expect.poll(() => lab.logCodes(), patience).toContain('secret-remembered');
    lab.pool.disconnect(lab.machineId);
    await lab.reached('closed');
    await lab.connect();
    expect(lab.logCodes().filter((code) => code === 'prompt-asked')).toHaveLength(1);
    await expect(runCommand('grep', ['-r', 'old one', lab.folder])).rejects.toThrow(/ended with 1/);
  });
});
