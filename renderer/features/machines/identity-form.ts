import type { Identity } from '../../../shared/model/machine';

/** What the fields of an identity hold: all of them, also those that the chosen kind hides. */
export interface IdentityForm {
  readonly identityKind: Identity['kind'];
  readonly keyPath: string;
  readonly agentPath: string;
  /** Null: all keys of the agent. */
  readonly pinnedKey: string | null;
}

/** Where the values of the text fields are in an identity. */
export const identityPaths = { keyPath: 'identity.path', agentPath: 'identity.socketPath' } as const;

/** The fields of a saved identity; of none: a key file. */
export function identityFormOf(identity?: Identity): IdentityForm {
  return {
    identityKind: identity?.kind ?? 'keyFile',
    keyPath: identity?.kind === 'keyFile' ? identity.path : '',
    agentPath: identity?.kind === 'agent' ? identity.socketPath : '',
    pinnedKey: identity?.kind === 'agent' ? identity.pinnedKey : null,
  };
}

/** The identity that the fields make, not checked yet. */
export function identityOf({ identityKind, keyPath, agentPath, pinnedKey }: IdentityForm): Identity {
  switch (identityKind) {
    case 'keyFile':
      return { kind: 'keyFile', path: keyPath };
    case 'agent':
      return { kind: 'agent', socketPath: agentPath, pinnedKey };
    case 'password':
      return { kind: 'password' };
  }
}
