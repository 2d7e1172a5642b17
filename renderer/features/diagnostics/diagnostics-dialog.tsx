import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { showFailure } from '../../stores/notices-store';
import { closeDialog } from '../../stores/view-store';
import { ScriptBlock } from '../slurm/script-block';

/** Shows what would be sent to whoever can help, before it is copied or saved. */
export function DiagnosticsDialog() {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    nuvem.app.diagnostics().then(setText).catch(showFailure);
  }, []);
  const copy = (shown: string) =>
    nuvem.app
      .copyText({ text: shown })
      .then(() => setIsCopied(true))
      .catch(showFailure);
  return (
    <Dialog
      title={t('diagnostics.title')}
      width="wide"
      onCancel={closeDialog}
      buttons={
        <>
          <Button onPress={closeDialog}>{t('common.close')}</Button>
          <Button
            isDisabled={text === null}
            onPress={() => text !== null && void nuvem.app.saveText({ text }).catch(showFailure)}
          >
            {t('diagnostics.save')}
          </Button>
          <Button
            variant="primary"
            isDisabled={text === null}
            onPress={() => text !== null && void copy(text)}
          >
            {t(isCopied ? 'common.copied' : 'diagnostics.copy')}
          </Button>
        </>
      }
    >
      <p>{t('diagnostics.explanation')}</p>
      <ScriptBlock label={t('diagnostics.preview')} text={text ?? ''} />
    </Dialog>
  );
}
