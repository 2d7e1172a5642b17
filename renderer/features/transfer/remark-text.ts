import type { TFunction } from 'i18next';
import type { ImportRemark } from '../../../shared/model/import-plan';

/** What an import does not take over, or otherwise than it was, with the line of the file if it has one. */
export function remarkText(t: TFunction, { code, params, line }: ImportRemark): string {
  const text = t(`importRemark.${code}`, params);
  return line === null || code === 'line-unreadable' ? text : t('import.atLine', { line, text });
}
