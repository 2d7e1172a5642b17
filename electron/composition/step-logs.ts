import { randomBytes } from 'node:crypto';
import type { EmrNodeStore } from '../aws/emr/nodes/node-store';
import { emrStepLogsFolder } from '../aws/emr/steps/read-node-log';
import { StepLogs } from '../aws/emr/steps/step-logs';
import type { EmrStepService } from '../aws/emr/steps/step-service';
import type { MachineStore } from '../machines/machine-store';
import type { Remote } from './remote';

interface StepLogsDependencies {
  readonly steps: EmrStepService;
  readonly machines: MachineStore;
  readonly nodes: EmrNodeStore;
  readonly remote: Remote;
}

/** Makes what reads the logs of EMR's steps, in S3 and on primary nodes. */
export function makeStepLogs({ steps, machines, nodes, remote }: StepLogsDependencies): StepLogs {
  return new StepLogs({
    fromS3: (of, stepId, kind) => steps.log(of, stepId, kind),
    connections: remote.pool,
    machineOf: (of) => {
      const machineId = nodes.machineOf(of);
      return machineId === null ? undefined : machines.find(machineId);
    },
    folder: emrStepLogsFolder,
    random: randomBytes,
  });
}
