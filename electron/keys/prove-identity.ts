import type { Identity } from '../../shared/model/machine';
import { assertNever } from '../../shared/util/assert-never';
import { type Agent, type ListAgentKeys, openAgent } from './agent';
import { type AskPassphrase, type KeyFileDeps, loadKeyFile } from './key-file';
import type { PrivateKey } from './private-key';

/** An identity made ready before any connection is opened, so that no server waits for the user. */
export type Credential =
  | { readonly kind: 'privateKey'; readonly key: PrivateKey }
  | { readonly kind: 'agent'; readonly agent: Agent }
  | { readonly kind: 'password' };

/** @throws the errors of key files and agents, and what `askPassphrase` throws */
export type ProveIdentity = (identity: Identity, askPassphrase: AskPassphrase) => Promise<Credential>;

export interface ProveIdentityDeps extends KeyFileDeps {
  /** Read at each use: an agent may come and go while the app runs. */
  readonly agentSocketPath: () => string | null;
  readonly listAgentKeys: ListAgentKeys;
}

/** Opens keys and agents with the given dependencies. */
export function makeProveIdentity(deps: ProveIdentityDeps): ProveIdentity {
  return async (identity, askPassphrase) => {
    switch (identity.kind) {
      case 'keyFile':
        return { kind: 'privateKey', key: await loadKeyFile(identity.path, askPassphrase, deps) };
      case 'agent':
        return { kind: 'agent', agent: await openAgent(deps.agentSocketPath(), deps.listAgentKeys) };
      case 'password':
        return { kind: 'password' };
      default:
        return assertNever(identity);
    }
  };
}
