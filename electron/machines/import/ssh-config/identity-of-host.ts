import type { ImportRemark } from '../../../../shared/model/import-plan';
import type { Identity } from '../../../../shared/model/machine';
import { remark } from '../complete-plan';
import { type ConfigReader, expandPath, settingOf, settingsOf, type TokenValues } from './host-settings';
import type { ResolvedHost } from './resolve-host';

export interface HostIdentity {
  readonly identity: Identity;
  readonly remarks: readonly ImportRemark[];
}

/** What is known of the user's keys. */
export interface UserKeys {
  /** As `<type> <base64>`, by the path that the configuration names. */
  readonly publicHalves: ReadonlyMap<string, string>;
  /** The one key in `~/.ssh` that ssh would try unasked; null when there is none, or several. */
  readonly onlyUsualKey: string | null;
}

/**
 * ssh tries several keys and then a password; a machine has one identity: the first key file, else the agent, or,
 * when the configuration says nothing of either, the only key that ssh would try unasked. A public half for a key
 * file stands for the key of the agent that it belongs to.
 */
export function identityOfHost(
  resolved: ResolvedHost,
  values: TokenValues,
  reader: ConfigReader,
  { publicHalves, onlyUsualKey }: UserKeys,
): HostIdentity {
  const remarks: ImportRemark[] = [];
  const unsupported = (option: string) => remarks.push(remark('option-unsupported', { option }));
  const usable: string[] = [];
  for (const text of settingsOf(resolved, 'identityfile')) {
    if (text.toLowerCase() === 'none') continue;
    const path = expandPath(text, values, reader);
    const isUsable = path !== null && (!isPublicHalf(path) || publicHalves.has(path));
    if (!isUsable || usable.length > 0) unsupported(`IdentityFile ${text}`);
    else usable.push(path);
  }
  const [path] = usable;
  const isUnsaid = !['identityfile', 'identityagent'].some((keyword) => resolved.settings.has(keyword));
  if (isUnsaid && onlyUsualKey !== null && !isPasswordOnly(resolved)) {
    remarks.push(remark('key-assumed', { path: onlyUsualKey }));
    return { identity: { kind: 'keyFile', path: onlyUsualKey }, remarks };
  }
  const agentText = settingOf(resolved, 'identityagent') ?? 'SSH_AUTH_SOCK';
  const socketPath = agentSocketOf(agentText, values, reader);
  const isAgentWanted =
    path === undefined ? !isPasswordOnly(resolved) && socketPath !== 'none' : isPublicHalf(path);
  if (socketPath === null || (!isAgentWanted && !['', 'none'].includes(socketPath)))
    unsupported(`IdentityAgent ${agentText}`);
  if (isAgentWanted) {
    const pinnedKey = (path === undefined ? null : publicHalves.get(path)) ?? null;
    return { identity: { kind: 'agent', socketPath: socketPath ?? '', pinnedKey }, remarks };
  }
  return { identity: path === undefined ? { kind: 'password' } : { kind: 'keyFile', path }, remarks };
}

export const isPublicHalf = (path: string): boolean => path.endsWith('.pub');

/** Empty: the usual one. Null: only ssh can tell. */
function agentSocketOf(text: string, values: TokenValues, reader: ConfigReader): string | null {
  if (/^(?:\$\{?)?SSH_AUTH_SOCK\}?$/.test(text)) return '';
  if (text.toLowerCase() === 'none') return 'none';
  return text.startsWith('$') ? null : expandPath(text, values, reader);
}

function isPasswordOnly(resolved: ResolvedHost): boolean {
  const rest = (keyword: string) => resolved.settings.get(keyword)?.[0]?.rest.toLowerCase() ?? '';
  if (/^"?(?:no|false)\b/.test(rest('pubkeyauthentication'))) return true;
  const methods = rest('preferredauthentications');
  return methods !== '' && !methods.includes('publickey') && /password|keyboard-interactive/.test(methods);
}
