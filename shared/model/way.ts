import { AppError } from '../errors/app-error';
import type { InstanceBinding } from './instance-binding';
import type { Endpoint, Identity, Machine, MachineDraft, MachineId, RouteProxy } from './machine';

/** One server on a way, with how to sign in there. */
export interface Hop extends Endpoint {
  readonly identity: Identity;
  /** False for jump hosts: as with OpenSSH, the agent goes to the machine alone. */
  readonly forwardsAgent: boolean;
  readonly allowsOldAlgorithms: boolean;
  /** What people call it: the name of the saved machine, else its host. */
  readonly name: string;
  /** Where it is has to be asked of AWS; absent: at its host. */
  readonly instance?: InstanceBinding;
}

/** A route with its saved jump hosts looked up. */
export interface Way {
  readonly proxy: RouteProxy | null;
  /** Nearest to the user first; the machine itself is the last. */
  readonly hops: readonly [...Hop[], Hop];
}

/** The machine itself. */
export function targetOf({ hops }: Way): Hop {
  return hops[hops.length - 1] as Hop;
}

/** The same way, with the machine itself signed in to by another identity, and by nothing else. */
export function withIdentity(way: Way, identity: Identity): Way {
  const { instance, ...target } = targetOf(way);
  const bound = instance === undefined ? {} : { instance: { ...instance, pushesKey: false } };
  return { ...way, hops: [...way.hops.slice(0, -1), { ...target, identity, ...bound }] };
}

type Traveller = Pick<
  MachineDraft,
  'id' | 'name' | 'route' | 'instance' | 'identity' | 'forwardsAgent' | 'allowsOldAlgorithms'
>;

/**
 * The way to a machine. Like OpenSSH's ProxyJump, only the first jump host is reached by its own route; the
 * others are reached from the one before. The machine's own proxy goes before that of a jump host.
 * @throws jump-loop when it would lead over itself, jump-machine-missing when a jump host is not in `machines`
 */
export function wayTo(machine: Traveller, machines: readonly Machine[]): Way {
  return wayVia(machine, (id) => machines.find((candidate) => candidate.id === id));
}

type FindMachine = (id: MachineId) => Machine | undefined;

/** `wayTo` for many machines: the jump hosts are found by `find`. @throws as `wayTo` does */
export function wayVia(machine: Traveller, find: FindMachine): Way {
  return expand(machine, find, new Set());
}

/** The beginning of a way. */
interface Stretch {
  readonly proxy: RouteProxy | null;
  readonly hops: readonly Hop[];
}

function expand(machine: Traveller, find: FindMachine, visited: ReadonlySet<MachineId>): Way {
  const { route, name } = machine;
  const seen = machine.id === null ? visited : new Set([...visited, machine.id]);
  let way: Stretch = { proxy: null, hops: [] };
  for (const [index, jump] of route.jumps.entries()) {
    if (jump.kind === 'inline') {
      way = onwards(way, {
        ...{ ...endpointOf(jump), identity: jump.identity, name: jump.host },
        ...{ forwardsAgent: false, allowsOldAlgorithms: false },
      });
      continue;
    }
    const isItself = jump.machineId === machine.id;
    if (isItself || (index === 0 && seen.has(jump.machineId)))
      throw new AppError('jump-loop', { machine: name });
    const saved = find(jump.machineId);
    if (saved === undefined) throw new AppError('jump-machine-missing', { machine: name });
    const asJump = { ...saved, forwardsAgent: false };
    way = index === 0 ? expand(asJump, find, seen) : onwards(way, hopOf(asJump));
  }
  return onwards({ ...way, proxy: route.proxy ?? way.proxy }, hopOf(machine));
}

/** Whatever led to a server that Session Manager reaches is not gone: that way begins at AWS. */
function onwards({ proxy, hops }: Stretch, hop: Hop): Way {
  const isAtAws = hop.instance?.sessionManager === 'always';
  return isAtAws ? { proxy: null, hops: [hop] } : { proxy, hops: [...hops, hop] };
}

const hopOf = ({ route, instance, identity, name, forwardsAgent, allowsOldAlgorithms }: Traveller): Hop => ({
  ...endpointOf(route),
  ...{ identity, name, forwardsAgent, allowsOldAlgorithms },
  ...(instance && { instance }),
});
const endpointOf = ({ host, port, user }: Endpoint): Endpoint => ({ host, port, user });
