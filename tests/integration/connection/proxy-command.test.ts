import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CommandConfirmation } from '../../../electron/connection/confirmed-commands';
import type { Jump, Route } from '../../../shared/model/machine';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

let sshd: LabSshd;
let gate: LabSshd;
let cleanUps: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  [sshd, gate] = [await startSshd(), await startSshd()];
});
afterAll(async () => {
  await sshd.stop();
  await gate.stop();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

async function behind(
  line: string,
  route: Partial<Route> = {},
  confirmedCommands?: CommandConfirmation,
): Promise<LabConnection> {
  const lab = await makeLabConnection({
    route: {
      ...{ host: sshd.host, port: sshd.port, user: sshd.user, ...route },
      proxy: { kind: 'command', line },
    },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    ...(confirmedCommands && { confirmedCommands }),
  });
  cleanUps.push(lab.close);
  const known = await Promise.all([sshd, gate].map(({ knownHostsPath }) => readFile(knownHostsPath)));
  await writeFile(lab.knownHostsPath, Buffer.concat(known));
  return lab;
}

/** OpenSSH's own way over the gate. */
const overGate = () =>
  `ssh -i ${gate.clientKeyPath} -o UserKnownHostsFile=${gate.knownHostsPath} -o BatchMode=yes -F none ` +
  `-p ${gate.port} -W %h:%p ${gate.user}@${gate.host}`;

/** Process ids of what was started with this word in its arguments. */
async function running(word: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(word) && !line.includes('ps -A'));
}

async function gone(word: string): Promise<void> {
  while ((await running(word)).length > 0) await new Promise((next) => setTimeout(next, 50));
}

describe('a proxy command', () => {
  it('of OpenSSH itself carries the connection, and much data both ways', async () => {
    const lab = await behind(overGate());
    const transport = await lab.connect();
    const text = 'x'.repeat(5_000_000);
    expect((await transport.exec('cat', { stdin: text })).stdout).toBe(text);
    expect(gate.log()).toContain('Accepted publickey');
    expect(lab.logCodes()).toContain('proxy-command-started');
  });

  it('of netcat leads to the first jump host of a chain', async () => {
    const { host, port, user } = gate;
    const identity = { kind: 'keyFile', path: gate.clientKeyPath } as const;
    const jump: Jump = { kind: 'inline', host, port, user, identity };
    const lab = await behind('nc %h %p', { jumps: [jump] });
    const transport = await lab.connect();
    expect((await transport.exec('echo there')).stdout).toBe('there\n');
  });

  it('ends with the connection, and so does all that it has started', async () => {
    const mark = `nuvem-mark-${process.pid}-${sshd.port}`;
    const lab = await behind(`sh -c 'sh -c "sleep 300; : ${mark}" & nc %h %p; : ${mark}'`);
    await lab.connect();
    expect((await running(mark)).length).toBeGreaterThan(1);
    lab.pool.disconnect(lab.machineId);
    await lab.reached('closed');
    await gone(mark);
  });

  it('that ends while connected is a loss, after which it runs again', async () => {
    const lab = await behind('nc %h %p');
    await lab.connect();
    await sshd.killSessions();
    await lab.reached('waitingToRetry');
    lab.pool.retryNow(lab.machineId);
    await lab.reached('ready');
    expect(lab.logCodes().filter((code) => code === 'proxy-command-started')).toHaveLength(2);
  });

  it('that fails is named with its exit code and what it said, without secrets', async () => {
    const lab = await behind('sh -c "echo no way --password=hunter >&2; exit 7" %h');
    const error = await lab.connectFails();
    expect(error).toMatchObject({
      code: 'proxy-command-failed',
      params: { host: sshd.host, exitCode: 7 },
      details: ['no way --password=…'],
    });
    expect(error.params.command).toContain('exit 7');
    expect(lab.log().find(({ code }) => code === 'proxy-command-said')?.params).toEqual({
      text: 'no way --password=…',
    });
    expect(JSON.stringify([error, lab.log()])).not.toContain('hunter');
  });

  it('that does not exist is named with the shell’s exit code', async () => {
    const lab = await behind('/no/such/program %h');
    expect(await lab.connectFails()).toMatchObject({
      code: 'proxy-command-failed',
      params: { command: `/no/such/program ${sshd.host}`, exitCode: 127 },
    });
  });

  it('that says nothing runs into the time limit and is ended', async () => {
    const mark = `nuvem-silent-${process.pid}-${sshd.port}`;
    const lab = await makeLabConnection({
      route: {
        ...{ host: sshd.host, port: sshd.port, user: sshd.user },
        proxy: { kind: 'command', line: `sh -c "sleep 300; : ${mark}"` },
      },
      identity: { kind: 'keyFile', path: sshd.clientKeyPath },
      ssh: { connectTimeoutMs: 300 },
    });
    cleanUps.push(lab.close);
    expect((await lab.connectFails()).code).toBe('connection-timed-out');
    await gone(mark);
  });

  it('that nobody has confirmed leaves no trace until it is', async () => {
    const confirmed: string[] = [];
    const trace = join(sshd.folder, 'trace');
    const lab = await behind(
      `sh -c 'touch ${trace}; exec nc %h %p'`,
      {},
      {
        has: (command) => confirmed.includes(command),
        confirm: (command) => void confirmed.push(command),
      },
    );
    lab.pool.connect(lab.machineId);
    const prompt = await lab.nextSecretPrompt();
    expect(prompt).toMatchObject({
      kind: 'command',
      command: `sh -c 'touch ${trace}; exec nc ${sshd.host} ${sshd.port}'`,
    });
    await expect(readFile(trace)).rejects.toThrow(/ENOENT/);
    lab.pool.answer({ kind: 'command', promptId: prompt.promptId, isConfirmed: true });
    await lab.reached('ready');
    expect(await readFile(trace, 'utf8')).toBe('');
  });
});
