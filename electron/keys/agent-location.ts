import type { readdir } from 'node:fs/promises';
import { expandHome } from './key-file';
import type { AgentSocketOf } from './prove-identity';

export interface AgentLocationDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly userName: string;
  readonly fs: { readonly readdir: typeof readdir };
  /** Value of a variable in the user's login shell; null when it can't be found out. */
  readonly shellVariable: (name: 'SSH_AUTH_SOCK') => Promise<string | null>;
}

const pipeFolder = '\\\\.\\pipe\\';
const openSshPipe = 'openssh-ssh-agent';

/**
 * Finds where an identity's agent listens. An empty path means the one that `ssh` in the user's terminal would
 * ask: an app that was not started from a terminal has none of the shell's environment, and on macOS another agent.
 * On Windows that is OpenSSH's own, else Pageant, which `pageant` as a path names too.
 */
export function makeAgentSocketOf(deps: AgentLocationDeps): AgentSocketOf {
  const { env, platform, homeFolder } = deps;
  return async (socketPath) => {
    if (platform === 'win32') return windowsPipe(socketPath, deps);
    if (socketPath !== '') return expandHome(socketPath, homeFolder);
    const isFromTerminal = env.TERM !== undefined;
    if (isFromTerminal && env.SSH_AUTH_SOCK) return env.SSH_AUTH_SOCK;
    return (await deps.shellVariable('SSH_AUTH_SOCK')) || env.SSH_AUTH_SOCK || null;
  };
}

async function windowsPipe(
  socketPath: string,
  { env, homeFolder, userName, fs }: AgentLocationDeps,
): Promise<string | null> {
  if (socketPath !== '' && socketPath !== 'pageant') return expandHome(socketPath, homeFolder);
  if (socketPath === '' && env.SSH_AUTH_SOCK) return env.SSH_AUTH_SOCK;
  const pipes: readonly string[] = await fs.readdir(pipeFolder).catch(() => []);
  // PuTTY since 0.75 names its pipe after the user and a hash that only this computer can make.
  const pageant = pipes.find((name) => name.startsWith(`pageant.${userName}.`));
  const pipe = socketPath === 'pageant' || !pipes.includes(openSshPipe) ? pageant : openSshPipe;
  return pipe === undefined ? null : pipeFolder + pipe;
}
