import type { ErrorReport } from '../../../shared/errors/app-error';
import type { ImportPreview, ImportResult } from '../../../shared/model/import-preview';

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
