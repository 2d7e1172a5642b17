import type { NotebookChoice } from '../../../shared/model/machine';
import { labPeer, type PeerName } from '../setup/peers';

/**
 * What a machine's settings say for a peer's own kind of notebook. Notebook 7 brings JupyterLab along, which an
 * environment starts with; who wants the other says so by a command.
 */
export function choiceOf(peer: PeerName, folder = labPeer(peer).folder): NotebookChoice {
  return peer === 'notebook7'
    ? { kind: 'command', line: `${folder}/bin/jupyter notebook` }
    : { kind: 'environment', path: folder };
}
