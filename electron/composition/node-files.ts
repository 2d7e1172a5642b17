import { randomBytes } from 'node:crypto';
import type { NodeFilesSnapshot } from '../../shared/model/emr-node-files';
import type { EmrService } from '../aws/emr/emr-service';
import { emrNodePlaces } from '../aws/emr/node-files/list-node-files';
import { NodeFilesService } from '../aws/emr/node-files/node-files-service';
import type { EmrNodeStore } from '../aws/emr/nodes/node-store';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import type { Remote } from './remote';

interface NodeFilesDependencies {
  readonly machines: MachineStore;
  readonly nodes: EmrNodeStore;
  readonly emr: EmrService;
  readonly remote: Remote;
  readonly askFolder: () => Promise<string | null>;
  readonly onChanged: (snapshot: NodeFilesSnapshot) => void;
}

/** Makes what saves the files of primary nodes before their clusters end. */
export function makeNodeFiles(deps: NodeFilesDependencies): NodeFilesService {
  const { machines, nodes, emr, remote, askFolder, onChanged } = deps;
  return new NodeFilesService({
    connections: remote.pool,
    machineOf: (of) => {
      const machineId = nodes.machineOf(of);
      return machineId !== null && machines.find(machineId) ? machineId : null;
    },
    nameOf: (clusterId) => emr.snapshot().clusters.find(({ id }) => id === clusterId)?.name ?? '',
    places: emrNodePlaces,
    clock: systemClock,
    random: randomBytes,
    askFolder,
    onChanged,
  });
}
