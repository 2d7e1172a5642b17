import type { ImportItem, ImportJump, ImportKey, ImportRemark } from '../../../../shared/model/import-plan';
import type { Identity, RouteProxy } from '../../../../shared/model/machine';
import { remark } from '../complete-plan';
import { numberOf, type PuttySession, textOf } from './putty-settings';

interface Surroundings {
  /** Who the user is on this computer. */
  readonly localUser: string;
  /** The item made of a saved session with this name; null when there is none. */
  readonly keyOfSession: (name: string) => ImportKey | null;
}

interface PuttyRoute {
  readonly route: ImportItem['machine']['route'];
  readonly remarks: readonly ImportRemark[];
}

/** How PuTTY would reach the server of a session. */
export function routeOf(session: PuttySession, identity: Identity, around: Surroundings): PuttyRoute {
  const { host, user } = destinationOf(session);
  const detour = detourOf(session, identity, around);
  const assumed = user === '' && numberOf(session, 'UserNameFromEnvironment', 0) === 0;
  return {
    route: {
      host,
      // PuTTY looks at the port only where it knows the protocol.
      port: textOf(session, 'Protocol') === 'ssh' ? numberOf(session, 'PortNumber', 22) : 22,
      user: user || around.localUser,
      jumps: detour.jumps,
      proxy: detour.proxy,
    },
    remarks: [...(assumed ? [remark('user-assumed', { user: around.localUser })] : []), ...detour.remarks],
  };
}

/**
 * Host and user as PuTTY takes them from its one field for both (`prepare_session`): what is before the last `@` is
 * the user, a single `:` and what follows are dropped, and so are spaces.
 */
function destinationOf(session: PuttySession): { readonly host: string; readonly user: string } {
  const field = textOf(session, 'HostName').replace(/^[ \t]+/, '');
  const at = field.lastIndexOf('@');
  const [beforeColon = '', ...rest] = splitOutsideBrackets(field.slice(at + 1));
  const host = (rest.length === 1 ? beforeColon : [beforeColon, ...rest].join(':')).replaceAll(/[ \t]/g, '');
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    user: at < 0 ? textOf(session, 'UserName') : field.slice(0, at),
  };
}

function splitOutsideBrackets(host: string): readonly string[] {
  const bracketed = /^\[[^\]]*\]/.exec(host)?.[0] ?? '';
  const [first = '', ...rest] = host.slice(bracketed.length).split(':');
  return [bracketed + first, ...rest];
}

interface Detour {
  readonly jumps: readonly ImportJump[];
  readonly proxy: RouteProxy | null;
  readonly remarks: readonly ImportRemark[];
}

const straight: Detour = { jumps: [], proxy: null, remarks: [] };

function detourOf(session: PuttySession, identity: Identity, around: Surroundings): Detour {
  const method = proxyMethodOf(session);
  const server = {
    host: textOf(session, 'ProxyHost'),
    port: numberOf(session, 'ProxyPort', 80),
    user: textOf(session, 'ProxyUsername'),
  };
  const remarks = [
    ...(method !== 'none' && textOf(session, 'ProxyPassword') !== '' ? [remark('password-left-out')] : []),
    ...(method !== 'none' && textOf(session, 'ProxyExcludeList') !== ''
      ? [remark('option-unsupported', { option: 'ProxyExcludeList' })]
      : []),
  ];
  switch (method) {
    case 'none':
      return straight;
    case 'SOCKS 5':
      return { ...straight, proxy: { kind: 'socks5', ...server }, remarks };
    case 'HTTP':
      return { ...straight, proxy: { kind: 'http', ...server }, remarks };
    case 'SSH':
      return { ...straight, jumps: [jumpTo(server, identity, around)], remarks };
    case 'command': {
      const line = commandLineOf(session, server);
      return line === null
        ? { ...straight, remarks: [...remarks, remark('proxy-unsupported', { type: method })] }
        : { ...straight, proxy: { kind: 'command', line }, remarks };
    }
    default:
      return { ...straight, remarks: [...remarks, remark('proxy-unsupported', { type: method })] };
  }
}

/** The proxy of "SSH to proxy and use port forwarding" may be a saved session, like a host on the command line. */
function jumpTo(
  { host, port, user }: { readonly host: string; readonly port: number; readonly user: string },
  identity: Identity,
  { localUser, keyOfSession }: Surroundings,
): ImportJump {
  const key = keyOfSession(host);
  if (key !== null) return { kind: 'item', key };
  return { kind: 'inline', host, port, user: user || localUser, identity };
}

/** The values of `ProxyMethod`; before it there was `ProxyType` with other numbers. */
function proxyMethodOf(session: PuttySession): string {
  const methods = [
    'none',
    'SOCKS 4',
    'SOCKS 5',
    'HTTP',
    'Telnet',
    'command',
    'SSH',
    'SSH command',
    'SSH subsystem',
  ];
  const method = numberOf(session, 'ProxyMethod', -1);
  if (method >= 0) return methods[method] ?? String(method);
  const socks = numberOf(session, 'ProxySOCKSVersion', 5) === 5 ? 'SOCKS 5' : 'SOCKS 4';
  return ['none', 'HTTP', socks, 'Telnet', 'command'][numberOf(session, 'ProxyType', 0)] ?? 'none';
}

/**
 * PuTTY's local proxy command in ssh_config's words: `%host`, `%port` and `\\` become `%h`, `%p` and `\`, and the
 * proxy's own host, port and user are filled in. Null when that can't be said, e.g. with a password.
 */
function commandLineOf(
  session: PuttySession,
  { host, port, user }: { readonly host: string; readonly port: number; readonly user: string },
): string | null {
  const names: Readonly<Record<string, string>> = {
    '%host': '%h',
    '%port': '%p',
    '%proxyhost': host.replaceAll('%', '%%'),
    '%proxyport': String(port),
    '%user': user.replaceAll('%', '%%'),
    '%%': '%%',
    '\\\\': '\\',
    '\\%': '%%',
  };
  const words = textOf(session, 'ProxyTelnetCommand').match(
    /%(?:proxyhost|proxyport|host|port|user|pass|%)|\\[\s\S]|[\s\S]/g,
  );
  const parts = (words ?? []).map((word) => {
    if (names[word] !== undefined) return names[word];
    if (word === '%pass' || word.startsWith('\\')) return null;
    return word === '%' ? '%%' : word;
  });
  return parts.includes(null) || parts.length === 0 ? null : parts.join('');
}
