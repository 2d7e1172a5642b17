import type { ImportJump, ImportRemark } from '../../../../shared/model/import-plan';
import { ProxyCommand, type RouteProxy } from '../../../../shared/model/machine';
import { proxyServerOf } from '../../../../shared/model/netcat';
import { redactCommand } from '../../../connection/redact-command';
import { remark } from '../complete-plan';
import { keyOfAlias } from './aliases';
import { type ConfigReader, settingOf } from './host-settings';
import { identityOfHost, type UserKeys } from './identity-of-host';
import { type JumpHost, jumpHostsOf } from './jump-hosts';
import type { ConfigFile } from './load-config';
import { type ResolvedHost, resolveHost } from './resolve-host';

/** The way to a host of a configuration. */
export interface HostWay {
  readonly jumps: readonly ImportJump[];
  readonly proxy: RouteProxy | null;
  readonly remarks: readonly ImportRemark[];
}

export interface WayContext {
  readonly file: ConfigFile;
  readonly reader: ConfigReader;
  /** Those that become machines. */
  readonly aliases: ReadonlySet<string>;
  readonly keys: UserKeys;
}

/**
 * The jump hosts and the proxy of a host. As in ssh each jump host is looked up in the configuration itself, the
 * first one with its own way; one that is an alias, and nothing but that, is the machine of the alias.
 */
export function wayOfHost(alias: string, resolved: ResolvedHost, context: WayContext): HostWay {
  return wayFrom(alias, resolved, context, new Set());
}

function wayFrom(
  alias: string,
  resolved: ResolvedHost,
  context: WayContext,
  seen: ReadonlySet<string>,
): HostWay {
  const remarks: ImportRemark[] = [];
  const jumps: ImportJump[] = [];
  let proxy = proxyOf(alias, resolved, remarks);
  for (const [index, jump] of (jumpHostsOf(settingOf(resolved, 'proxyjump') ?? 'none') ?? []).entries()) {
    const ofJump = resolveJump(jump, context);
    if (isTheMachine(jump, ofJump, context)) {
      jumps.push({ kind: 'item', key: keyOfAlias(jump.host) });
      continue;
    }
    if (index === 0) {
      if (seen.has(jump.host)) return { jumps: [], proxy: null, remarks: [remark('jump-loop')] };
      const before = wayFrom(jump.host, ofJump.resolved, context, new Set([...seen, jump.host]));
      jumps.push(...before.jumps);
      proxy ??= before.proxy;
      remarks.push(...before.remarks);
    }
    const { hostName: host } = ofJump.resolved;
    const { port, user } = ofJump;
    const values = { alias: jump.host, hostName: host, port, user };
    const { identity, remarks: ofIdentity } = identityOfHost(
      ofJump.resolved,
      values,
      context.reader,
      context.keys,
    );
    jumps.push({ kind: 'inline', host, port, user, identity });
    remarks.push(...ofIdentity);
  }
  return { jumps, proxy, remarks };
}

interface ResolvedJump {
  readonly resolved: ResolvedHost;
  readonly port: number;
  readonly user: string;
}

function resolveJump({ host, port, user }: JumpHost, { file, reader }: WayContext): ResolvedJump {
  const { localUser } = reader;
  const resolved = resolveHost(file, { alias: host, user, localUser });
  return {
    resolved,
    port: port ?? Number(settingOf(resolved, 'port') ?? 22),
    user: user ?? settingOf(resolved, 'user') ?? localUser,
  };
}

/** True when the machine of the alias is reached at the same port as the same user. */
function isTheMachine({ host }: JumpHost, jump: ResolvedJump, context: WayContext): boolean {
  if (!context.aliases.has(host)) return false;
  const own = resolveJump({ host, port: null, user: null }, context);
  return own.port === jump.port && own.user === jump.user;
}

function proxyOf(alias: string, resolved: ResolvedHost, remarks: ImportRemark[]): RouteProxy | null {
  const text = settingOf(resolved, 'proxycommand');
  if (text === null || text.toLowerCase() === 'none') return null;
  if (/^"?(?:yes|true)\b/i.test(resolved.settings.get('proxyusefdpass')?.[0]?.rest ?? '')) {
    remarks.push(remark('proxy-unsupported', { type: 'ProxyUseFdpass' }));
    return null;
  }
  const server = proxyServerOf(text);
  if (server !== null) return server;
  // The name may become another one, and a jump host has none.
  const line = text.replace(/%([%n])/g, (token, letter: string) => (letter === 'n' ? alias : token));
  const parsed = ProxyCommand.safeParse({ kind: 'command', line: /^[\w.:@-]+$/.test(alias) ? line : text });
  if (parsed.success) return parsed.data;
  remarks.push(remark('option-invalid', { option: 'ProxyCommand', value: redactCommand(text) }));
  return null;
}
