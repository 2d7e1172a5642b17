import { FolderOpen, Pause, Play, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isS3Underway, type S3Transfer } from '../../../shared/model/s3-transfer';
import { nuvem } from '../../api/nuvem';
import { IconButton } from '../../components/icon-button';
import { Progress } from '../../components/progress';
import { RowFacts, RowList, RowTitle } from '../../components/row-list';
import { errorTexts } from '../../i18n/error-texts';
import { showFailure } from '../../stores/notices-store';
import { s3TransfersStore } from '../../stores/s3-transfers-store';
import { AwsProblem } from '../aws/aws-problem';
import { byteText } from '../tunnels/byte-text';
import styles from './s3.module.css';

/** What goes to S3 and comes from there, with what can be done about it; nothing while there is nothing. */
export function TransferList() {
  const { t } = useTranslation('s3');
  const { transfers } = useStore(s3TransfersStore);
  if (transfers.length === 0) return null;
  return (
    <section aria-labelledby="s3-transfers" className={styles.transfers}>
      <h2 id="s3-transfers">{t('transfers')}</h2>
      <RowList>
        {transfers.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
      </RowList>
    </section>
  );
}

function TransferRow({ transfer }: { readonly transfer: S3Transfer }) {
  const { t, i18n } = useTranslation('s3');
  const { t: tOfErrors } = useTranslation();
  const { id, direction, name, state, bucket, folder, chosenCount, totalBytes, doneBytes } = transfer;
  const { fileCount, doneCount } = transfer;
  const bytes = (amount: number) => byteText(i18n.language, amount);
  const facts = [
    t(direction === 'upload' ? 'toPlace' : 'fromPlace', { place: `s3://${bucket}/${folder}` }),
    isS3Underway(transfer)
      ? t('bytesOf', { done: bytes(doneBytes), total: bytes(totalBytes) })
      : bytes(totalBytes),
    fileCount !== 1 && t('filesOf', { done: doneCount, total: fileCount }),
    state.kind === 'running' && t('rate', { bytes: bytes(state.bytesPerSecond) }),
    state.kind === 'paused' && t('paused'),
    state.kind === 'finished' && t('finished'),
  ].filter(Boolean);
  const act = (order: 'pause' | 'resume' | 'remove' | 'showInFolder') =>
    void nuvem.s3[order]({ transferId: id }).catch(showFailure);
  return (
    <li className={styles.transfer}>
      <div className={styles.transferText}>
        <RowTitle>{chosenCount > 1 ? t('nameAndMore', { name, count: chosenCount - 1 }) : name}</RowTitle>
        {isS3Underway(transfer) && (
          <Progress
            label={t('progress', { name })}
            ratio={totalBytes === 0 ? null : Math.min(1, doneBytes / totalBytes)}
          />
        )}
        <RowFacts>{facts.join(' · ')}</RowFacts>
        {state.kind === 'waiting' && (
          <RowFacts>{`${errorTexts(tOfErrors, state.error).what} ${t('goesOnByItself')}`}</RowFacts>
        )}
        {state.kind === 'failed' && <AwsProblem error={state.error} />}
      </div>
      <div className={styles.actions}>
        {(state.kind === 'running' || state.kind === 'waiting') && (
          <IconButton label={t('pause', { name })} onPress={() => act('pause')}>
            <Pause aria-hidden />
          </IconButton>
        )}
        {(state.kind === 'paused' || state.kind === 'waiting') && (
          <IconButton label={t('resume', { name })} onPress={() => act('resume')}>
            <Play aria-hidden />
          </IconButton>
        )}
        {state.kind === 'failed' && (
          <IconButton label={t('tryAgain', { name })} onPress={() => act('resume')}>
            <RotateCw aria-hidden />
          </IconButton>
        )}
        {state.kind === 'finished' && direction === 'download' && (
          <IconButton label={t('showInFolder', { name })} onPress={() => act('showInFolder')}>
            <FolderOpen aria-hidden />
          </IconButton>
        )}
        <IconButton
          label={t(isS3Underway(transfer) ? 'end' : 'takeOff', { name })}
          onPress={() => act('remove')}
        >
          <X aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
