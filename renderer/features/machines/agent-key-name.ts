import type { AgentKeyList } from '../../../shared/model/agent-keys';

/** What people tell a key of an agent by: its comment, its type and the beginning of its fingerprint. */
export function agentKeyName({ comment, keyType, fingerprint }: AgentKeyList['keys'][number]): string {
  const type = keyType.replace(/^(sk-)?(ssh-)?/, '$1').replace(/(-v01)?@openssh\.com$/, '');
  return [comment, type, fingerprint.slice(0, 'SHA256:'.length + 12)].filter(Boolean).join(' · ');
}
