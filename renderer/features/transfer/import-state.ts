import type { ErrorReport } from '../../../shared/errors/app-error';
import type { ImportPreview, ImportResult, OfferedImport } from '../../../shared/model/import-preview';

/** How far an import is. */
export type ImportState =
  | {
      readonly kind: 'choosing';
      /** A file is being read. */
      readonly isBusy: boolean;
      readonly error: ErrorReport | null;
    }
  | {
      readonly kind: 'preview';
      readonly preview: ImportPreview;
      readonly isBusy: boolean;
      readonly error: ErrorReport | null;
    }
  | {
      readonly kind: 'done';
      readonly result: ImportResult;
      readonly isUndone: boolean;
      readonly isBusy: boolean;
      readonly error: ErrorReport | null;
    };

export const choosing: ImportState = { kind: 'choosing', isBusy: false, error: null };

export const previewOf = (preview: ImportPreview): ImportState => ({
  kind: 'preview',
  preview,
  isBusy: false,
  error: null,
});

export const doneWith = (result: ImportResult): ImportState => ({
  kind: 'done',
  result,
  isUndone: false,
  isBusy: false,
  error: null,
});

/** How an import begins: with a file that was opened from outside, if there is one. */
export function startOf(offered: OfferedImport | null): ImportState {
  if (offered === null) return choosing;
  return offered.kind === 'preview' ? previewOf(offered.preview) : { ...choosing, error: offered.error };
}
