import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { EmrNodeService } from '../../aws/emr/nodes/node-service';
import type { PersistentUis } from '../../aws/emr/nodes/persistent-uis';

export function emrNodesHandlers(
  nodes: EmrNodeService,
  persistentUis: PersistentUis,
): HandlersOf<AppContract>['emrNodes'] {
  return {
    node: (of) => nodes.node(of),
    bind: ({ way, ...of }) => nodes.bind(of, way),
    openPersistent: ({ ui, ...of }) => persistentUis.open(of, ui),
  };
}
