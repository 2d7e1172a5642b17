import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { NodeFilesService } from '../../aws/emr/node-files/node-files-service';

export function emrNodeFilesHandlers(files: NodeFilesService): HandlersOf<AppContract>['emrNodeFiles'] {
  return {
    get: () => files.snapshot(),
    look: (of) => files.look(of),
    copy: ({ paths }) => files.copy(paths),
    cancelCopy: () => files.cancelCopy(),
    leave: () => files.leave(),
  };
}
