import { useState } from 'react';
import { AppError } from '../../../shared/errors/app-error';
import {
  type ImportPlace,
  type ImportPreview,
  type ImportRequest,
  mostImportMegabytes,
  type OfferedImport,
} from '../../../shared/model/import-preview';
import { nuvem } from '../../api/nuvem';
import { selectMachine } from '../../stores/view-store';
import { choosing, doneWith, type ImportState, previewOf, startOf } from './import-state';

/** The course of one import: what is shown, and what the user can do about it. */
export function useImport(offered: OfferedImport | null) {
  const [state, setState] = useState<ImportState>(() => startOf(offered));

  /** Shows that something is going on; on failure everything stays as it was, with the reason. */
  const work = (task: () => Promise<ImportState>): void => {
    setState((before) => ({ ...before, isBusy: true, error: null }));
    task()
      .then(setState)
      .catch((thrown: unknown) => {
        const error = AppError.from(thrown);
        if (error.code === 'internal') console.error(error.cause);
        const report = error.code === 'cancelled' ? null : error.toReport();
        setState((before) => ({ ...before, isBusy: false, error: report }));
      });
  };
  const show = (task: () => Promise<ImportPreview | null>): void =>
    work(async () => {
      const preview = await task();
      return preview === null ? choosing : previewOf(preview);
    });

  return {
    state,
    chooseFile: () => show(() => nuvem.imports.chooseFile()),
    openPlace: (place: ImportPlace) => show(() => nuvem.imports.openPlace(place)),
    openDropped: (file: File) => show(() => readDropped(file)),
    back: () => setState(choosing),
    apply: (request: ImportRequest) =>
      work(async () => {
        const result = await nuvem.imports.apply(request);
        const shown = result.addedIds[0] ?? result.replacedIds[0];
        if (shown !== undefined) selectMachine(shown);
        return doneWith(result);
      }),
    undo: () =>
      work(async () => {
        if (state.kind !== 'done') return state;
        await nuvem.imports.undo({ previewId: state.result.previewId });
        return { ...state, isUndone: true };
      }),
  };
}

/** @throws import-file-too-large before it is read, and as `imports.openFile` does */
async function readDropped(file: File): Promise<ImportPreview> {
  const megabytes = Math.ceil(file.size / 1_000_000);
  if (megabytes > mostImportMegabytes)
    throw new AppError('import-file-too-large', {
      path: file.name,
      megabytes,
      mostMegabytes: mostImportMegabytes,
    });
  const content = new Uint8Array(await file.arrayBuffer());
  return nuvem.imports.openFile({ name: file.name, content });
}
