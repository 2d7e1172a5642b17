import type { ImportItem, ImportJump, ImportKey } from '../../../shared/model/import-plan';
import type { Identity, RouteProxy } from '../../../shared/model/machine';
import { netcatCommand } from '../../../shared/model/netcat';
import { oldAlgorithms } from '../../../shared/model/old-algorithms';
import { endText } from '../../../shared/model/tunnel';
import { wordsOf } from '../import/ssh-config/words';
import { aliasesFor } from './ssh-aliases';

type Exported = Pick<ImportItem, 'key' | 'machine' | 'tunnels'>;
type Inline = Extract<ImportJump, { kind: 'inline' }>;

/**
 * Machines as an ssh_config(5) file. What ssh has no words for is a comment beside the machine: tunnels that are
 * switched off, a pinned key of an agent, a proxy before a saved jump host.
 */
export function sshConfigOf(machines: readonly Exported[]): string {
  const aliases = aliasesFor(
    machines.map(({ key, machine }) => ({ key, name: machine.name })),
    machines.flatMap(({ machine }) => inlineJumps(machine.route.jumps).map(({ host }) => host)),
  );
  const jumpHosts = new JumpHosts();
  const hosts = machines.map((exported) => hostBlock(exported, aliases, jumpHosts));
  const blocks = ['# Written by Nuvem. There are no secrets in it.', ...hosts, ...jumpHosts.blocks()];
  return `${blocks.join('\n\n')}\n`;
}

function hostBlock(
  { key, machine, tunnels }: Exported,
  aliases: ReadonlyMap<ImportKey, string>,
  jumpHosts: JumpHosts,
): string {
  const { name, route, identity, forwardsAgent, allowsOldAlgorithms } = machine;
  const alias = aliases.get(key) ?? '';
  const [first] = route.jumps;
  const jumps = route.jumps.map((jump, index) =>
    jump.kind === 'inline' ? jumpHosts.add(jump, index === 0 ? route.proxy : null) : aliasOf(jump, aliases),
  );
  const notes = jumps.flatMap(({ note }) => note);
  const lines = [
    `HostName ${word(bare(route.host).replaceAll('%', '%%'))}`,
    `Port ${route.port}`,
    `User ${word(route.user)}`,
    ...identityLines(identity),
    ...(forwardsAgent ? ['ForwardAgent yes'] : []),
    ...(allowsOldAlgorithms ? oldAlgorithmLines : []),
    ...(first === undefined
      ? proxyLines(route.proxy)
      : [`ProxyJump ${jumps.map(({ text }) => text).join(',')}`]),
    ...(first !== undefined && first.kind !== 'inline' && route.proxy !== null
      ? [`# Not in ssh_config: the proxy before ${jumps[0]?.text}`]
      : []),
    ...notes.map((note) => `# ${note}`),
    ...tunnels.map(({ forward, isOn }) => {
      const ends = [forward.listen, ...('target' in forward ? [forward.target] : [])].map((end) =>
        word(endText(end)),
      );
      const keyword = { local: 'LocalForward', remote: 'RemoteForward', dynamic: 'DynamicForward' }[
        forward.kind
      ];
      return `${isOn ? '' : '# Switched off: '}${keyword} ${ends.join(' ')}`;
    }),
  ];
  const title = alias === name ? [] : [`# ${name}`];
  return [...title, `Host ${alias}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

interface JumpText {
  readonly text: string;
  readonly note: readonly string[];
}

const aliasOf = (jump: ImportJump, aliases: ReadonlyMap<ImportKey, string>): JumpText => ({
  text: (jump.kind === 'item' ? aliases.get(jump.key) : undefined) ?? '',
  note: [],
});

const inlineJumps = (jumps: readonly ImportJump[]): readonly Inline[] =>
  jumps.filter((jump) => jump.kind === 'inline');

/** Jump hosts that are no machines: ssh is told by a `Match` how to sign in there, for that names no new host. */
class JumpHosts {
  readonly #lines = new Map<string, readonly string[]>();

  add(jump: Inline, proxy: RouteProxy | null): JumpText {
    const host = bare(jump.host);
    const text = `${jump.user}@${host.includes(':') ? `[${host}]` : host}:${jump.port}`;
    const lines = [...identityLines(jump.identity), ...proxyLines(proxy)];
    const condition = `Match originalhost ${host} user ${jump.user}`;
    const known = this.#lines.get(condition);
    const isPlain = /^[\w.:@-]+$/.test(host + jump.user);
    if (lines.length === 0 && (known === undefined || known.length === 0)) {
      this.#lines.set(condition, lines);
      return { text, note: [] };
    }
    if (!isPlain || (known !== undefined && known.join('\n') !== lines.join('\n')))
      return { text, note: [`Not in ssh_config: how to sign in to ${text}`] };
    this.#lines.set(condition, lines);
    return { text, note: [] };
  }

  blocks(): readonly string[] {
    return [...this.#lines]
      .filter(([, lines]) => lines.length > 0)
      .map(([condition, lines]) => [condition, ...lines.map((line) => `  ${line}`)].join('\n'));
  }
}

function identityLines(identity: Identity): readonly string[] {
  switch (identity.kind) {
    case 'keyFile':
      return [`IdentityFile ${word(identity.path.replaceAll('%', '%%'))}`, 'IdentitiesOnly yes'];
    case 'password':
      return ['PreferredAuthentications keyboard-interactive,password'];
    case 'agent':
      return [
        // Said even where it is the usual one: else ssh would try keys of its own, too.
        `IdentityAgent ${identity.socketPath === '' ? 'SSH_AUTH_SOCK' : word(identity.socketPath.replaceAll('%', '%%'))}`,
        ...(identity.pinnedKey === null ? [] : [`# Only the agent's key ${identity.pinnedKey}`]),
      ];
  }
}

const oldAlgorithmLines: readonly string[] = [
  `KexAlgorithms +${oldAlgorithms.kex.join(',')}`,
  `HostKeyAlgorithms +${oldAlgorithms.signature.join(',')}`,
  `PubkeyAcceptedAlgorithms +${oldAlgorithms.signature.join(',')}`,
  `Ciphers +${oldAlgorithms.cipher.join(',')}`,
  `MACs +${oldAlgorithms.mac.join(',')}`,
];

/** A command that ssh could not take apart would make it refuse the whole file. */
function proxyLines(proxy: RouteProxy | null): readonly string[] {
  if (proxy === null) return [];
  const line = proxy.kind === 'command' ? proxy.line : netcatCommand(proxy, word);
  return wordsOf(line) === null || /^[=#]/.test(line)
    ? [`# Not in ssh_config: ProxyCommand ${line}`]
    : [`ProxyCommand ${line}`];
}

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/** As it is, or in quotes where ssh would see more than one word. */
function word(text: string): string {
  return /^[\w@%+:,./~[\]*-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
