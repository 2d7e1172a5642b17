import { setImmediate } from 'node:timers/promises';
import type { ImportPlan, ImportRemark } from '../../../../shared/model/import-plan';
import { emptyMachineDraft } from '../../../../shared/model/machine';
import { redactCommand } from '../../../connection/redact-command';
import { completePlan, type ImportCandidate, remark } from '../complete-plan';
import { type Alias, aliasesOf, keyOfAlias } from './aliases';
import type { ConfigFileSystem } from './config-file-system';
import { type ConfigReader, lineNumber, settingOf } from './host-settings';
import { identityOfHost } from './identity-of-host';
import { spelled } from './keywords';
import { leftOutOfHost } from './left-out';
import { type LoadProblem, loadConfig } from './load-config';
import { oldAlgorithmsOfHost } from './old-algorithms-of-host';
import { resolveHost } from './resolve-host';
import { type WayContext, wayOfHost } from './route-of-host';
import { tunnelsOfHost } from './tunnels-of-host';
import { readUserKeys } from './user-keys';

const hostsAtOnce = 50;

export interface PlanSshConfigOptions extends ConfigReader {
  readonly fs: ConfigFileSystem;
}

/**
 * What an ssh_config(5) file would become: each host that it names one by one is a machine, with all that the
 * sections for it say; what a machine has no place for is named. Nothing is executed, no network is asked.
 * @throws as `loadConfig` does
 */
export async function planSshConfig({ fs, ...reader }: PlanSshConfigOptions): Promise<ImportPlan> {
  const { file, problems } = await loadConfig({ path: reader.path, homeFolder: reader.homeFolder, fs });
  const aliases = aliasesOf(file);
  const context = {
    ...{ file, reader, aliases: new Set(aliases.map(({ name }) => name)) },
    keys: await readUserKeys(file, reader.homeFolder, fs),
  };
  const candidates: ImportCandidate[] = [];
  for (const [index, alias] of aliases.entries()) {
    candidates.push(candidateOf(alias, context));
    // Between them the connections have their turn.
    if (index % hostsAtOnce === 0) await setImmediate();
  }
  return completePlan(
    { kind: 'sshConfig', location: reader.path },
    candidates,
    problems.map((problem) => remarkOfProblem(problem, reader)),
  );
}

function candidateOf({ name, path, line }: Alias, context: WayContext): ImportCandidate {
  const { file, reader, keys } = context;
  const { localUser } = reader;
  const resolved = resolveHost(file, { alias: name, localUser });
  const ownUser = settingOf(resolved, 'user');
  const user = ownUser ?? localUser;
  const port = Number(settingOf(resolved, 'port') ?? 22);
  const values = { alias: name, hostName: resolved.hostName, port, user };
  const { identity, remarks: ofIdentity } = identityOfHost(resolved, values, reader, keys);
  const { jumps, proxy, remarks: ofWay } = wayOfHost(name, resolved, context);
  const { tunnels, remarks: ofTunnels } = tunnelsOfHost(resolved);
  const { isAllowed: allowsOldAlgorithms, keywords } = oldAlgorithmsOfHost(resolved);
  const forwardsAgent = settingOf(resolved, 'forwardagent') === 'yes';
  const at = lineNumber({ path, line }, reader);
  const remarks: readonly ImportRemark[] = [
    ...(ownUser === null ? [remark('user-assumed', { user })] : []),
    // OpenSSH 10 fills tokens in, earlier ones do not.
    ...(user.includes('%') ? [remark('option-unsupported', { option: `User ${user}` })] : []),
    ...(resolved.isHostNameWrong
      ? [remark('option-invalid', { option: 'HostName', value: settingOf(resolved, 'hostname') ?? '' })]
      : []),
    ...ofIdentity,
    ...ofWay,
    ...ofTunnels,
  ].map((found) => ({ ...found, line: at }));
  const { id: _, groupId: __, ...draft } = emptyMachineDraft;
  return {
    key: keyOfAlias(name),
    machine: {
      ...{ ...draft, name, identity, forwardsAgent, allowsOldAlgorithms },
      route: { host: resolved.hostName, port, user, jumps, proxy },
    },
    groupPath: [],
    tunnels,
    remarks: [
      ...withoutRepeats(remarks),
      ...leftOutOfHost(resolved, { identity, forwardsAgent, keywords }, reader),
    ],
  };
}

/** A jump host often says the same as its machine. */
function withoutRepeats(remarks: readonly ImportRemark[]): readonly ImportRemark[] {
  return [...new Map(remarks.map((each) => [JSON.stringify(each), each])).values()];
}

function remarkOfProblem(problem: LoadProblem, reader: ConfigReader): ImportRemark {
  const line = lineNumber(problem, reader);
  const text = redactCommand(problem.text);
  const where = problem.path === reader.path ? text : `${text} (${problem.path}:${problem.line})`;
  switch (problem.code) {
    case 'condition-not-supported':
      return remark('option-unsupported', { option: where }, line);
    case 'include-unreadable':
      return remark('entry-unreadable', { name: text }, line);
    case 'include-loop':
    case 'include-too-deep':
      return remark('option-invalid', { option: 'Include', value: where }, line);
    default: {
      const [option = ''] = /^[^\s=]*/.exec(text) ?? [];
      return remark('option-invalid', { option: spelled(option.replaceAll('"', '')), value: where }, line);
    }
  }
}
