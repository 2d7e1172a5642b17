import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { ExportService } from '../../machines/export/export-service';

export const exportsHandlers = (exporter: ExportService): HandlersOf<AppContract>['exports'] => ({
  save: (request) => exporter.save(request),
});
