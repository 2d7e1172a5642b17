import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { canReplaceHostKey, replacementCharacters } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { closeDialog } from '../../stores/view-store';
import { replaceHostKey } from './connection-actions';
import styles from './prompt.module.css';

/** Shows a changed host key beside the known one; who types the end of its fingerprint may replace that. */
export function HostKeyReplacementDialog({ machineId }: { readonly machineId: MachineId }) {
  const { t } = useTranslation();
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, machineId));
  const [typed, setTyped] = useState('');
  if (state.kind !== 'failed' || state.error.code !== 'host-key-changed') return null;
  const { host = '', oldFingerprint = '', newFingerprint = '' } = state.error.params;
  const wanted = typed.trim();
  const isRight = canReplaceHostKey(state, wanted);
  const isWrong = wanted.length >= replacementCharacters && !isRight;
  return (
    <Dialog
      title={t('hostKeyReplacement.title', { host })}
      role="alertdialog"
      width="wide"
      onCancel={closeDialog}
      onSubmit={() => {
        if (!isRight) return;
        replaceHostKey(machineId, wanted);
        closeDialog();
      }}
      buttons={
        <>
          <Button onPress={closeDialog}>{t('common.cancel')}</Button>
          <Button variant="danger" type="submit" isDisabled={!isRight}>
            {t('hostKeyReplacement.replace')}
          </Button>
        </>
      }
    >
      <p>{t('hostKeyReplacement.explanation')}</p>
      <dl className={styles.facts}>
        <dt>{t('error.oldFingerprint')}</dt>
        <dd className="mono selectable">{oldFingerprint}</dd>
        <dt>{t('error.newFingerprint')}</dt>
        <dd className={styles.fingerprint}>
          <span className="mono selectable">{newFingerprint}</span>
          <CopyButton label={t('prompt.hostKey.copyFingerprint')} textOf={() => String(newFingerprint)} />
        </dd>
      </dl>
      <TextField
        label={t('hostKeyReplacement.typed', { characters: replacementCharacters })}
        description={t('hostKeyReplacement.typedHint', { host })}
        error={isWrong ? t('hostKeyReplacement.wrong') : undefined}
        value={typed}
        onChange={setTyped}
        isMono
        autoFocus
      />
      <p className={styles.muted}>{t('hostKeyReplacement.consequence')}</p>
    </Dialog>
  );
}
