import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { EmrService } from '../../aws/emr/emr-service';
import type { EmrTemplateStore } from '../../aws/emr/template-store';
import { readTemplate, writeTemplate } from '../../aws/emr/template-text';

export function emrHandlers(emr: EmrService, templates: EmrTemplateStore): HandlersOf<AppContract>['emr'] {
  return {
    clusters: () => emr.snapshot(),
    look: ({ accountId, clusterId }) => emr.look(accountId, clusterId),
    refresh: () => emr.refresh(),
    create: ({ accountId, template }) => emr.create(accountId, template),
    templateOf: ({ accountId, clusterId }) => emr.templateOf(accountId, clusterId),
    terminate: ({ accountId, clusterId, liftsProtection }) =>
      emr.terminate(accountId, clusterId, liftsProtection),
    templates: () => templates.list(),
    saveTemplate: (template) => templates.save(template),
    removeTemplate: ({ templateId }) => templates.remove(templateId),
    writeTemplate: ({ template, format }) => writeTemplate(template, format),
    readTemplate: ({ text }) => readTemplate(text),
  };
}
