import { parse, stringify } from 'yaml';
import { AppError } from '../../../shared/errors/app-error';
import { EmrTemplate, type EmrTemplateFormat, usualTemplate } from '../../../shared/model/emr-template';

/** A template as a text to keep in a repository or to hand on. */
export function writeTemplate(template: EmrTemplate, format: EmrTemplateFormat): string {
  return format === 'yaml' ? stringify(template) : `${JSON.stringify(template, null, 2)}\n`;
}

/**
 * Reads what `writeTemplate` wrote, or people after it: YAML 1.2, of which JSON is a part. What is left out is as in
 * a usual cluster.
 * @throws emr-template-damaged (reason)
 */
export function readTemplate(text: string): EmrTemplate {
  const read = EmrTemplate.safeParse({ ...usualTemplate, ...parseText(text) });
  if (read.success) return read.data;
  const { path = [] } = read.error.issues[0] ?? {};
  throw new AppError('emr-template-damaged', { place: path.join('.') }, { cause: read.error });
}

function parseText(text: string): object {
  try {
    // Aliases could make a small text a huge template.
    const value: unknown = parse(text, { maxAliasCount: 0 });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw new AppError('emr-template-damaged', { place: '' }, { cause: error });
  }
  throw new AppError('emr-template-damaged', { place: '' });
}
