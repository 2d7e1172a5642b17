import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyPlan } from '../../../electron/machines/import/apply-plan';
import { planSshConfig } from '../../../electron/machines/import/ssh-config/plan-ssh-config';
import { noMachines } from '../../../electron/machines/machines-data';
import type { GroupId, Machine, MachineId } from '../../../shared/model/machine';
import type { TunnelId } from '../../../shared/model/tunnel';
import { makeLabConnection } from '../../support/lab/lab-connection';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder } from '../../support/lab/temp-folder';
import { uuid } from '../../support/samples';

let gate: LabSshd;
let target: LabSshd;
let folder: Awaited<ReturnType<typeof makeTempFolder>>;
beforeAll(async () => {
  [gate, target, folder] = [await startSshd(), await startSshd(), await makeTempFolder('import')];
});
afterAll(async () => {
  await gate.stop();
  await target.stop();
  await folder.remove();
});

/** The machines that a configuration becomes when all of it is chosen. */
async function imported(lines: readonly string[]): Promise<readonly Machine[]> {
  const path = join(folder.path, '.ssh', 'config');
  await mkdir(join(folder.path, '.ssh'), { recursive: true });
  await writeFile(path, lines.join('\n'));
  const plan = await planSshConfig({
    ...{ path, homeFolder: folder.path, localUser: 'nobody' },
    fs: { readFile, readdir, stat },
  });
  let count = 100;
  const next = () => {
    count += 1;
    return count;
  };
  const ids = {
    newId: () => uuid<MachineId>(next()),
    newGroupId: () => uuid<GroupId>(next()),
    newTunnelId: () => uuid<TunnelId>(next()),
  };
  const choices = plan.items.map(({ key }) => ({ key, replaces: null }));
  return applyPlan(plan, choices, noMachines, ids).data.machines;
}

const blockOf = (alias: string, { host, port, user, clientKeyPath }: LabSshd) => [
  `Host ${alias}`,
  `  HostName ${host}`,
  `  Port ${port}`,
  `  User ${user}`,
  `  IdentityFile ${clientKeyPath}`,
];

it.each([
  ['over a machine of the same file', ['  ProxyJump gate']],
  ['by a command that uses OpenSSH itself', null],
])('an imported machine connects %s', async (_, way) => {
  const line =
    `  ProxyCommand ssh -F none -i ${gate.clientKeyPath} -o UserKnownHostsFile=${gate.knownHostsPath} ` +
    `-p ${gate.port} -W %h:%p ${gate.user}@${gate.host}`;
  const machines = await imported([...blockOf('far', target), ...(way ?? [line]), ...blockOf('gate', gate)]);
  const far = machines.find(({ name }) => name === 'far') ?? expect.fail();
  const lab = await makeLabConnection({ route: far.route, identity: far.identity, machines });
  const known = await Promise.all([gate, target].map(({ knownHostsPath }) => readFile(knownHostsPath)));
  await writeFile(lab.knownHostsPath, Buffer.concat(known));
  try {
    const transport = await lab.connect();
    expect((await transport.exec('echo there')).stdout).toBe('there\n');
  } finally {
    await lab.close();
  }
});
