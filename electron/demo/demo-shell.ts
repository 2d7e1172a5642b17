import type { UserInfo } from 'node:os';
import type { DemoShell } from '../ssh/demo-server-session';

/** What a login would set and a desktop session adds; all else of the app's environment is its own affair. */
const handedDown = [
  ...['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'],
  ...['XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
];

/** The shell of the demo machine: this user's own, in an environment like that of a fresh login. */
export function demoShell(
  user: Pick<UserInfo<string>, 'username' | 'shell'>,
  homeFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): DemoShell {
  const path = user.shell || env.SHELL || '/bin/sh';
  const inherited = handedDown.flatMap((name) =>
    env[name] === undefined ? [] : [[name, env[name]] as const],
  );
  return {
    path,
    homeFolder,
    environment: {
      ...Object.fromEntries(inherited),
      HOME: homeFolder,
      USER: user.username,
      LOGNAME: user.username,
      SHELL: path,
    },
  };
}
