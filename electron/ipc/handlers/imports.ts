import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { OfferedImport } from '../../../shared/model/import-preview';
import type { ImportService } from '../../machines/import/import-service';

export function importsHandlers(
  imports: ImportService,
  chooseFile: () => Promise<string | null>,
  takeOffered: () => OfferedImport | null,
): HandlersOf<AppContract>['imports'] {
  return {
    places: () => imports.places(),
    openPlace: (place) => imports.openPlace(place),
    chooseFile: async () => {
      const path = await chooseFile();
      return path === null ? null : imports.openPath(path);
    },
    openFile: ({ name, content }) => imports.openFile(name, content),
    takeOffered,
    apply: (request) => imports.apply(request),
    undo: ({ previewId }) => imports.undo(previewId),
  };
}
