import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { StepLogs } from '../../aws/emr/steps/step-logs';
import type { EmrStepService } from '../../aws/emr/steps/step-service';

export function emrStepsHandlers(steps: EmrStepService, logs: StepLogs): HandlersOf<AppContract>['emrSteps'] {
  return {
    list: () => steps.snapshot(),
    look: (of) => steps.look(of),
    refresh: () => steps.refresh(),
    chooseFiles: () => steps.chooseFiles(),
    add: ({ draft, ...of }) => steps.add(of, draft),
    cancelUpload: () => steps.cancelUpload(),
    cancel: ({ stepId, ...of }) => steps.cancel(of, stepId),
    log: ({ stepId, kind, ...of }) => logs.read(of, stepId, kind),
    nodeLog: ({ stepId, kind, ...of }) => logs.readOnNode(of, stepId, kind),
  };
}
