import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import { type AskAgent, listAgentKeys } from '../../keys/agent';
import type { AgentSocketOf } from '../../keys/prove-identity';

export function agentsHandlers(
  agentSocketOf: AgentSocketOf,
  askAgent: AskAgent,
): HandlersOf<AppContract>['agents'] {
  return {
    keys: async ({ socketPath }) => listAgentKeys(await agentSocketOf(socketPath), askAgent),
  };
}
