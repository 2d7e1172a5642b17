import type { Machine } from './machine';
import { endText, type Forward } from './tunnel';

/** The OpenSSH command that opens the same tunnel, quoted for a POSIX shell. */
export function sshCommand(
  { route, identity }: Pick<Machine, 'route' | 'identity'>,
  forward: Forward,
): string {
  const words = [
    'ssh',
    '-N',
    ...forwardOption(forward),
    '-o',
    'ExitOnForwardFailure=yes',
    ...(identity.kind === 'keyFile' ? ['-i', identity.path] : []),
    ...(route.port === 22 ? [] : ['-p', String(route.port)]),
    `${route.user}@${route.host}`,
  ];
  return words.map(shellWord).join(' ');
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

/** As it is when no shell would read anything into it, else in single quotes (POSIX XCU 2.2.2). */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
