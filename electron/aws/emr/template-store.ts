import { z } from 'zod';
import { type EmrTemplate, type EmrTemplateId, SavedEmrTemplate } from '../../../shared/model/emr-template';
import type { RecoverableStore } from '../../system/recoverable-store';

export const EmrTemplatesData = z.strictObject({ templates: z.array(SavedEmrTemplate).readonly() });
export type EmrTemplatesData = Readonly<z.infer<typeof EmrTemplatesData>>;

export const emrTemplatesVersion = 1;
export const noEmrTemplates: EmrTemplatesData = { templates: [] };

interface EmrTemplateStoreDependencies {
  readonly store: Pick<RecoverableStore<EmrTemplatesData>, 'value' | 'replace'>;
  readonly newId: () => EmrTemplateId;
}

/** The templates that the user has saved, by name. */
export class EmrTemplateStore {
  constructor(private readonly deps: EmrTemplateStoreDependencies) {}

  list(): readonly SavedEmrTemplate[] {
    return this.deps.store.value().templates;
  }

  /** Saves under the template's name; takes the place of one of that name. @throws store-disk-full, store-write-failed */
  save(template: EmrTemplate): readonly SavedEmrTemplate[] {
    const same = this.list().find((saved) => saved.template.name === template.name);
    const saved = { id: same?.id ?? this.deps.newId(), template };
    const templates = [...this.list().filter(({ id }) => id !== saved.id), saved];
    this.deps.store.replace({
      templates: templates.toSorted((a, b) => a.template.name.localeCompare(b.template.name)),
    });
    return this.list();
  }

  /** @throws store-disk-full, store-write-failed */
  remove(templateId: EmrTemplateId): readonly SavedEmrTemplate[] {
    this.deps.store.replace({ templates: this.list().filter(({ id }) => id !== templateId) });
    return this.list();
  }
}
