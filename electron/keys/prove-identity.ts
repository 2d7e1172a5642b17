import type { Identity } from '../../shared/model/machine';
import { assertNever } from '../../shared/util/assert-never';
import { type AgentKey, type AskAgent, keysToOffer, openAgent } from './agent';
import { loadKeyCertificate } from './key-certificate';
import { type AskPassphrase, type KeyFileDeps, loadKeyFile } from './key-file';
import type { SigningKey } from './signing-key';

/** An identity made ready before any connection is opened, so that no server waits for the user. */
export type Credential =
  /** Its certificates come before the key itself. */
  | { readonly kind: 'privateKey'; readonly keys: readonly [SigningKey, ...SigningKey[]] }
  | { readonly kind: 'agent'; readonly keys: readonly AgentKey[] }
  | { readonly kind: 'password' };

/** @throws the errors of key files and agents, and what `askPassphrase` throws */
export type ProveIdentity = (identity: Identity, askPassphrase: AskPassphrase) => Promise<Credential>;

/** Where the agent of an identity listens, read at each use: an agent may come and go. Null: nowhere. */
export type AgentSocketOf = (socketPath: string) => Promise<string | null>;

export interface ProveIdentityDeps extends KeyFileDeps {
  readonly agentSocketOf: AgentSocketOf;
  readonly askAgent: AskAgent;
}

/** Opens keys and agents with the given dependencies. */
export function makeProveIdentity(deps: ProveIdentityDeps): ProveIdentity {
  return async (identity, askPassphrase) => {
    switch (identity.kind) {
      case 'keyFile': {
        const key = await loadKeyFile(identity.path, askPassphrase, deps);
        const certificate = await loadKeyCertificate(identity.path, key, deps);
        return { kind: 'privateKey', keys: certificate === null ? [key] : [certificate, key] };
      }
      case 'agent': {
        const agent = await openAgent(await deps.agentSocketOf(identity.socketPath), deps.askAgent);
        return { kind: 'agent', keys: keysToOffer(agent, identity.pinnedKey) };
      }
      case 'password':
        return { kind: 'password' };
      default:
        return assertNever(identity);
    }
  };
}
