import { shellWord } from '../util/shell-word';
import type { RouteProxy } from './machine';
import { netcatCommand } from './netcat';
import { endText, type Forward } from './tunnel';
import { type Hop, targetOf, type Way } from './way';

/**
 * The OpenSSH command that opens the same tunnel, quoted for a POSIX shell. Null: one command can't say the way,
 * which leads through a proxy and then over jump hosts.
 */
export function sshCommand(way: Way, forward: Forward): string | null {
  const { identity, port, user, host } = targetOf(way);
  const jumps = way.hops.slice(0, -1);
  if (way.proxy !== null && jumps.length > 0) return null;
  const words = [
    'ssh',
    '-N',
    ...forwardOption(forward),
    '-o',
    'ExitOnForwardFailure=yes',
    ...(jumps.length === 0 ? [] : ['-J', jumps.map(jumpText).join(',')]),
    ...(way.proxy === null ? [] : ['-o', `ProxyCommand=${proxyCommand(way.proxy)}`]),
    ...(identity.kind === 'keyFile' ? ['-i', identity.path] : []),
    ...(port === 22 ? [] : ['-p', String(port)]),
    `${user}@${host}`,
  ];
  return words.map(shellWord).join(' ');
}

/** As `ssh -J` takes it: an IPv6 address in brackets. */
function jumpText({ user, host, port }: Hop): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${user}@${name}${port === 22 ? '' : `:${port}`}`;
}

function proxyCommand(proxy: RouteProxy): string {
  return proxy.kind === 'command' ? proxy.line : netcatCommand(proxy, shellWord);
}

function forwardOption(forward: Forward): readonly [string, string] {
  switch (forward.kind) {
    case 'local':
      return ['-L', `${endText(forward.listen)}:${endText(forward.target)}`];
    case 'remote':
      return ['-R', `${endText(forward.listen)}:${endText(forward.target)}`];
    case 'dynamic':
      return ['-D', endText(forward.listen)];
  }
}
