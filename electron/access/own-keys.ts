import type { Machine } from '../../shared/model/machine';
import { assertNever } from '../../shared/util/assert-never';
import { type AskAgent, keysToOffer, openAgent } from '../keys/agent';
import type { KeyFolder } from '../keys/key-folder';
import type { AgentSocketOf } from '../keys/prove-identity';

export interface OwnKeysDeps {
  readonly folder: KeyFolder;
  readonly agentSocketOf: AgentSocketOf;
  readonly askAgent: AskAgent;
}

/**
 * Tells of a fingerprint whether the machine's login may be by that key. Of an agent it may be any of its keys unless one is
 * pinned; when
 * nobody can say, it may be every key: nobody shall lock themselves out unwarned.
 */
export function makeIsOwnKey(
  deps: OwnKeysDeps,
): (machine: Machine) => Promise<(fingerprint: string) => boolean> {
  return async (machine) => {
    const { identity } = machine;
    switch (identity.kind) {
      case 'keyFile': {
        const alone: Machine = { ...machine, route: { ...machine.route, jumps: [] } };
        const keys = await deps.folder.list([alone]);
        const own = keys.find(({ machineIds }) => machineIds.length > 0)?.publicHalf?.fingerprint;
        return (fingerprint) => own === undefined || fingerprint === own;
      }
      case 'agent': {
        const { socketPath, pinnedKey } = identity;
        const keys = await openAgent(await deps.agentSocketOf(socketPath), deps.askAgent)
          .then((agent) => keysToOffer(agent, pinnedKey))
          .catch(() => null);
        return (fingerprint) => keys === null || keys.some((key) => key.fingerprint === fingerprint);
      }
      case 'password':
        return () => false;
      default:
        return assertNever(identity);
    }
  };
}
