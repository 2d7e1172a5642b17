import { AppError } from '../../shared/errors/app-error';
import type { OfferedImport } from '../../shared/model/import-preview';
import type { Offered } from '../desktop/offered';
import type { ImportService } from '../machines/import/import-service';

interface OpenedFilesDependencies {
  readonly imports: ImportService;
  readonly offeredImport: Offered<OfferedImport>;
  readonly showWindow: () => void;
}

/**
 * Makes what opens the files that the desktop hands over: their preview is shown, one after the other, and whether
 * anything is imported is for the user to say.
 */
export function makeOpenFile({
  imports,
  offeredImport,
  showWindow,
}: OpenedFilesDependencies): (path: string) => void {
  let last: Promise<void> = Promise.resolve();
  const open = async (path: string): Promise<void> => {
    try {
      offeredImport.offer({ kind: 'preview', preview: await imports.openPath(path) });
    } catch (error) {
      offeredImport.offer({ kind: 'failed', error: AppError.from(error).toReport() });
    }
  };
  return (path) => {
    showWindow();
    last = last.then(() => open(path));
  };
}
