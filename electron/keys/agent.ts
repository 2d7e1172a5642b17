import { AppError } from '../../shared/errors/app-error';
import type { AgentKeyList } from '../../shared/model/agent-keys';
import { fingerprintOf } from '../trust/public-key';
import { type ListedKey, listRequest, readList, readSignature, signingRequest } from './agent-protocol';
import { publicFileHalf } from './public-half';
import { describeSigningKey, type SigningKey } from './signing-key';

/** A key that an agent signs with. */
export interface AgentKey extends SigningKey {
  readonly comment: string;
}

/** An agent that answered, with its keys in its own order. */
export interface Agent {
  readonly socketPath: string;
  readonly keys: readonly AgentKey[];
}

/** Sends a request to the agent at `socketPath`; see `askAgent`. */
export type AskAgent = (socketPath: string, request: Buffer, timeoutMs: number) => Promise<Buffer>;

const listWithinMs = 10_000;
/** Signing may want a touch, a fingerprint or a password of the user. */
const signWithinMs = 120_000;

/**
 * Asks an agent for its keys.
 * @throws agent-unavailable
 */
export async function openAgent(socketPath: string | null, ask: AskAgent): Promise<Agent> {
  if (socketPath === null) throw new AppError('agent-unavailable');
  let listed: readonly ListedKey[] | null;
  try {
    listed = readList(await ask(socketPath, listRequest, listWithinMs));
  } catch (error) {
    throw new AppError('agent-unavailable', { path: socketPath }, { cause: error });
  }
  if (listed === null) throw new AppError('agent-unavailable', { path: socketPath });
  return { socketPath, keys: listed.map((key) => agentKey(socketPath, key, ask)) };
}

/** What people may know of an agent's keys. @throws agent-unavailable */
export async function listAgentKeys(socketPath: string | null, ask: AskAgent): Promise<AgentKeyList> {
  const agent = await openAgent(socketPath, ask);
  return {
    socketPath: agent.socketPath,
    keys: agent.keys.map(({ keyType, fingerprint, comment, publicKey }) => ({
      ...{ keyType, fingerprint, comment },
      line: `${keyType} ${publicKey.toString('base64')}`,
    })),
  };
}

/**
 * The keys of an agent to sign in with: all, or with `pinnedKey` (a public key's line) only that one and its
 * certificates, which come first.
 * @throws agent-has-no-keys, agent-lacks-key
 */
export function keysToOffer({ socketPath, keys }: Agent, pinnedKey: string | null): readonly AgentKey[] {
  if (keys.length === 0) throw new AppError('agent-has-no-keys', { path: socketPath });
  if (pinnedKey === null) return keys;
  const pinned = describeSigningKey(publicFileHalf(pinnedKey)?.publicKey ?? Buffer.alloc(0));
  const isPinned = (key: AgentKey) =>
    key.publicKey.equals(pinned.publicKey) ||
    (pinned.certificate === null && key.fingerprint === pinned.fingerprint);
  const offered = keys.filter(isPinned);
  if (offered.length === 0) {
    throw new AppError('agent-lacks-key', { path: socketPath, fingerprint: fingerprintOf(pinned.publicKey) });
  }
  return offered.toSorted((a, b) => Number(b.certificate !== null) - Number(a.certificate !== null));
}

function agentKey(socketPath: string, { publicKey, comment }: ListedKey, ask: AskAgent): AgentKey {
  return {
    ...describeSigningKey(publicKey),
    comment,
    sign: async (data, algorithm) => {
      const request = signingRequest(publicKey, data, algorithm);
      const signature = readSignature(await ask(socketPath, request, signWithinMs));
      if (signature === null) throw new Error('The agent refused to sign');
      return signature;
    },
  };
}
