import type { ImportRemark } from '../../../../shared/model/import-plan';
import type { Identity } from '../../../../shared/model/machine';
import { redactCommand } from '../../../connection/redact-command';
import { remark } from '../complete-plan';
import { type ConfigReader, lineNumber, lineText, settingsOf } from './host-settings';
import type { Origin, ResolvedHost } from './resolve-host';

/** Read elsewhere. */
const takenOver: ReadonlySet<string> = new Set([
  ...['hostname', 'user', 'port', 'identityfile', 'identityagent', 'proxyjump', 'proxycommand'],
  ...['proxyusefdpass', 'gatewayports', 'localforward', 'remoteforward', 'dynamicforward'],
  ...['clearallforwardings', 'ignoreunknown', 'tag', 'pubkeyauthentication', 'preferredauthentications'],
]);

/** With these values they are what Nuvem does anyway. */
const sameAnyway: Readonly<Record<string, RegExp>> = {
  compression: /^no$/,
  forwardagent: /^(?:no|false)$/,
  forwardx11: /^(?:no|false)$/,
  identitiesonly: /^(?:no|false)$/,
  stricthostkeychecking: /^(?:ask|yes|true)$/,
};

interface MadeOfHost {
  readonly identity: Identity;
  readonly forwardsAgent: boolean;
  /** More of what is taken over. */
  readonly keywords: ReadonlySet<string>;
}

/** Names every line in force for a host that the machine made of it has no place for. */
export function leftOutOfHost(
  resolved: ResolvedHost,
  { identity, forwardsAgent, keywords }: MadeOfHost,
  reader: ConfigReader,
): readonly ImportRemark[] {
  const remarks: ImportRemark[] = [];
  for (const [keyword, origins] of resolved.settings) {
    if (takenOver.has(keyword) || keywords.has(keyword)) continue;
    if (keyword === 'identitiesonly' && hasOneKey(identity)) continue;
    // A socket of its own is something else than the agent that signs in.
    if (keyword === 'forwardagent' && forwardsAgent) continue;
    for (const origin of origins) {
      if (sameAnyway[keyword]?.test(origin.rest.replaceAll('"', '').toLowerCase())) continue;
      if (keyword === 'certificatefile' && isBesideItsKey(origin, resolved, identity)) continue;
      const option = redactCommand(lineText(origin, reader));
      remarks.push(remark('option-unsupported', { option }, lineNumber(origin, reader)));
    }
  }
  return remarks;
}

/** True when nothing is lost by leaving IdentitiesOnly out: such a machine offers its one key alone. */
const hasOneKey = (identity: Identity): boolean =>
  identity.kind === 'keyFile' || (identity.kind === 'agent' && identity.pinnedKey !== null);

/** There Nuvem, like ssh, finds it by itself. */
const isBesideItsKey = ({ text }: Origin, resolved: ResolvedHost, identity: Identity): boolean =>
  identity.kind === 'keyFile' &&
  [identity.path, settingsOf(resolved, 'identityfile')[0]].some((path) => text === `${path}-cert.pub`);
