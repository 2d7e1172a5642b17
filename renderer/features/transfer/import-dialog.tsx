import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../shared/errors/app-error';
import type { OfferedImport } from '../../../shared/model/import-preview';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { errorTexts } from '../../i18n/error-texts';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import { ImportDone } from './import-done';
import { ImportPlaces } from './import-places';
import { ImportPreviewList } from './import-preview-list';
import { firstSelection, type ImportSelection } from './import-selection';
import { useImport } from './use-import';

interface ImportDialogProps {
  /** What the user opened Nuvem with, if that is how they came here. */
  readonly offered: OfferedImport | null;
}

/** Brings machines in: where from, what would be made, and what was made. */
export function ImportDialog({ offered }: ImportDialogProps) {
  const { t } = useTranslation();
  const { state, back, apply, undo, ...sources } = useImport(offered);
  const { kind, isBusy, error } = state;
  const [chosen, setChosen] = useState<{ readonly of: string; readonly selection: ImportSelection } | null>(
    null,
  );
  const [trustsHostKeys, setTrustsHostKeys] = useState(false);
  const [takesDefaults, setTakesDefaults] = useState(false);

  const preview = state.kind === 'preview' ? state.preview : null;
  const selection =
    preview === null
      ? new Map()
      : chosen?.of === preview.id
        ? chosen.selection
        : firstSelection(preview.plan, machinesStore.getState().machines);
  const submit = () => {
    if (preview === null) return;
    const choices = [...selection].map(([key, replaces]) => ({ key, replaces }));
    apply({ previewId: preview.id, choices, trustsHostKeys, takesDefaults });
  };

  return (
    <Dialog
      title={t('import.title')}
      width={kind === 'preview' ? 'full' : 'wide'}
      onCancel={closeDialog}
      buttons={
        kind === 'choosing' ? (
          <Button onPress={closeDialog}>{t('common.cancel')}</Button>
        ) : kind === 'preview' ? (
          <>
            <Button onPress={back}>{t('import.back')}</Button>
            <Button onPress={closeDialog}>{t('common.cancel')}</Button>
            <Button variant="primary" isDisabled={isBusy || selection.size === 0} onPress={submit}>
              {t('import.submit', { count: selection.size })}
            </Button>
          </>
        ) : (
          <>
            {!state.isUndone && (
              <Button isDisabled={isBusy} onPress={undo}>
                {t('import.undo')}
              </Button>
            )}
            <Button variant="primary" autoFocus onPress={closeDialog}>
              {t('common.close')}
            </Button>
          </>
        )
      }
    >
      {error && <Problem error={error} />}
      {kind === 'choosing' && <ImportPlaces isBusy={isBusy} {...sources} />}
      {preview && (
        <ImportPreviewList
          plan={preview.plan}
          selection={selection}
          onSelectionChange={(next) => setChosen({ of: preview.id, selection: next })}
          trustsHostKeys={trustsHostKeys}
          onTrustChange={setTrustsHostKeys}
          takesDefaults={takesDefaults}
          onDefaultsChange={setTakesDefaults}
        />
      )}
      {kind === 'done' && <ImportDone result={state.result} isUndone={state.isUndone} />}
    </Dialog>
  );
}

function Problem({ error }: { readonly error: ErrorReport }) {
  const { t } = useTranslation();
  return <ProblemBox texts={errorTexts(t, error)} />;
}
