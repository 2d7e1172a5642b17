import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { userCacheDir } from '../../../build/user-cache';

/**
 * Python programs that tests run against: JupyterLab 4 and Notebook 7 on jupyter-server 2, the classic Notebook
 * 6.4 beside jupyter-server 1 in Debian 12's versions, moto, which answers like AWS, TensorBoard and Streamlit, which show pages of their own, and tools
 * that make Python environments.
 */
export const peerNames = ['jupyterlab4', 'notebook7', 'classic6', 'moto', 'webapps', 'pythontools'] as const;
export type PeerName = (typeof peerNames)[number];

/** A virtual environment: what a data scientist has on a machine. */
export interface Peer {
  readonly name: PeerName;
  readonly folder: string;
  /** Holds `python`, `jupyter`, `jupyter-lab`, `moto_server`, `tensorboard`, `uv`, whichever the peer has. */
  readonly binFolder: string;
  readonly requirementsFile: string;
}

/** The environment of one peer. Throws when set-up has not made it yet. */
export function labPeer(name: PeerName): Peer {
  const peer = peerLocation(name);
  if (!existsSync(peer.folder)) throw new Error(`${peer.folder} is missing: run "npm test -- setup" once.`);
  return peer;
}

/** Where a peer's environment is or will be; a change of its requirements makes it another one. */
export function peerLocation(name: PeerName): Peer {
  const requirementsFile = fileURLToPath(new URL(`requirements/${name}.txt`, import.meta.url));
  const hash = createHash('sha256').update(readFileSync(requirementsFile)).digest('hex').slice(0, 16);
  const folder = join(userCacheDir(), 'peers', `${name}-${hash}`);
  return { name, folder, binFolder: join(folder, 'bin'), requirementsFile };
}
