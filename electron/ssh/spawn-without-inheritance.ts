import {
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
  spawn,
} from 'node:child_process';
import { existsSync } from 'node:fs';

/** Shells that can close a descriptor whose number has two digits; dash and busybox can't. */
const closers = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'];

const closeAndBecome = `for fd in /dev/fd/*; do
  fd=\${fd##*/}
  case $fd in [012] | *[!0-9]*) ;; *) eval "exec $fd>&-" ;; esac
done
exec -a "$0" "$@"`;

/**
 * Spawns a program that has no descriptor of this process but its own three. Chromium leaves some of Electron's open
 * in whatever is started, among them its output: who waits for the end of that would wait for a notebook server too.
 * On a computer without bash the program gets them all the same.
 */
export function spawnWithoutInheritance(
  file: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio & { readonly argv0: string },
): ChildProcessWithoutNullStreams {
  const closer = closers.find((path) => existsSync(path));
  if (closer === undefined) return spawn(file, args, options);
  return spawn(closer, ['-c', closeAndBecome, options.argv0, file, ...args], { ...options, argv0: 'bash' });
}
