import ssh2, { type BaseAgent, type IdentityCallback, type ParsedKey, type SignCallback } from 'ssh2';
import type { Agent, AgentKey, ListAgentKeys } from '../keys/agent';
import { fingerprintOf } from '../trust/public-key';

/** A key of an agent, usable as an ssh2 agent that has this one key: so each try can be told apart. */
export class Ssh2AgentKey implements AgentKey {
  readonly keyType: string;
  readonly fingerprint: string;

  constructor(
    private readonly agent: BaseAgent,
    private readonly publicKey: ParsedKey,
  ) {
    this.keyType = publicKey.type;
    this.fingerprint = fingerprintOf(publicKey.getPublicSSH());
  }

  asAgent(): BaseAgent<ParsedKey> {
    const { agent, publicKey } = this;
    return new (class extends ssh2.BaseAgent<ParsedKey> {
      override getIdentities(callback: IdentityCallback<ParsedKey>): void {
        callback(undefined, [publicKey]);
      }
      override sign(...args: unknown[]): void {
        const [key, data, options, callback] = args as [ParsedKey, Buffer, { hash?: 'sha256' }, SignCallback];
        agent.sign(key, data, options, callback);
      }
    })();
  }
}

const answerWithinMs = 10_000;

/** The keys of the agent at `socketPath` of the types that ssh2 knows. */
export const listAgentKeys: ListAgentKeys = (socketPath) =>
  new Promise<Agent>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The agent did not answer')), answerWithinMs);
    const agent = ssh2.createAgent(socketPath);
    agent.getIdentities((error, keys) => {
      clearTimeout(timer);
      if (error) return reject(error);
      resolve({ keys: (keys ?? []).flatMap((key) => agentKey(agent, key)) });
    });
  });

function agentKey(agent: BaseAgent, offered: unknown): Ssh2AgentKey[] {
  const entry = offered as
    | ParsedKey
    | Buffer
    | { readonly pubKey: ParsedKey | Buffer | { readonly pubKey: Buffer } };
  const publicKey = 'pubKey' in entry ? entry.pubKey : entry;
  const blob = 'pubKey' in publicKey ? publicKey.pubKey : publicKey;
  const parsed = ssh2.utils.parseKey(blob as Buffer);
  return parsed instanceof Error ? [] : [new Ssh2AgentKey(agent, parsed)];
}
