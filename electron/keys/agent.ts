import { AppError } from '../../shared/errors/app-error';

/** A public key that an agent can sign with. */
export interface AgentKey {
  readonly keyType: string;
  readonly fingerprint: string;
}

/** An agent that answered and has keys, in its own order. */
export interface Agent {
  readonly keys: readonly AgentKey[];
}

/** Asks the agent at `socketPath` for its keys; rejects when there is no agent or it does not answer. */
export type ListAgentKeys = (socketPath: string) => Promise<Agent>;

/** Where OpenSSH's own tools would look for an agent; null when the system names none. */
export function agentSocketPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  if (env.SSH_AUTH_SOCK) return env.SSH_AUTH_SOCK;
  return platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : null;
}

/**
 * Finds the user's SSH agent.
 * @throws agent-unavailable, agent-has-no-keys
 */
export async function openAgent(socketPath: string | null, listAgentKeys: ListAgentKeys): Promise<Agent> {
  if (socketPath === null) throw new AppError('agent-unavailable');
  let agent: Agent;
  try {
    agent = await listAgentKeys(socketPath);
  } catch (error) {
    throw new AppError('agent-unavailable', { path: socketPath }, { cause: error });
  }
  if (agent.keys.length === 0) throw new AppError('agent-has-no-keys', { path: socketPath });
  return agent;
}
