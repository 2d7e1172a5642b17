import { createStore } from 'zustand/vanilla';
import { type Identity, usualAgent } from '../../shared/model/machine';
import { nuvem } from '../api/nuvem';

/** The key files that ssh(1) tries of its own accord, the best first. */
const usualKeyFiles = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** How this user can sign in to a server that nothing is known of, the likeliest first; null: not looked at yet. */
export const signInsStore = createStore<readonly Identity[] | null>(() => null);

let looking: Promise<readonly Identity[]> | null = null;

/** Looks what there is now: keys in the agent, key files with the usual names. A password is always possible. */
export function lookForSignIns(): Promise<readonly Identity[]> {
  looking ??= find().then((found) => {
    looking = null;
    signInsStore.setState(found, true);
    return found;
  });
  return looking;
}

/** What can't be asked now has nothing to offer; those who need it are told why when they connect. */
async function find(): Promise<readonly Identity[]> {
  const [agent, files] = await Promise.all([
    nuvem.agents.keys({ socketPath: '' }).catch(() => null),
    nuvem.keys.list().catch(() => null),
  ]);
  const usable = new Set(files?.keys.flatMap(({ name, state }) => (state === 'usable' ? [name] : [])));
  return [
    ...((agent?.keys.length ?? 0) > 0 ? [usualAgent] : []),
    ...usualKeyFiles
      .filter((name) => usable.has(name))
      .map((name): Identity => ({ kind: 'keyFile', path: `~/.ssh/${name}` })),
    { kind: 'password' },
  ];
}
