import { ExternalLink, FolderOpen, Pause, Play, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type Download, isUnderway } from '../../../shared/model/download';
import { IconButton } from '../../components/icon-button';
import { Progress } from '../../components/progress';
import { RowProblem } from '../../components/row-list';
import { errorTexts } from '../../i18n/error-texts';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { byteText } from '../tunnels/byte-text';
import {
  openDownload,
  pauseDownload,
  removeDownload,
  resumeDownload,
  showDownloadInFolder,
} from './download-actions';
import styles from './downloads.module.css';

/** One download: how far it is, and what can be done with it. */
export function DownloadRow({ download }: { readonly download: Download }) {
  const { t, i18n } = useTranslation();
  const machine = useStore(machinesStore, (list) => findMachine(list, download.machineId));
  const { id, name, state, receivedBytes, totalBytes } = download;
  const bytes = (amount: number) => byteText(i18n.language, amount);
  const amount =
    isUnderway(download) && totalBytes !== null
      ? t('downloads.of', { received: bytes(receivedBytes), total: bytes(totalBytes) })
      : bytes(receivedBytes);
  const facts = [
    amount,
    state.kind === 'running' && t('downloads.rate', { bytes: bytes(state.bytesPerSecond) }),
    state.kind === 'paused' && t('downloads.state.paused'),
    state.kind === 'finished' && t('downloads.state.finished'),
    machine && t('downloads.machine', { machine: machine.name }),
  ].filter(Boolean);
  const texts = state.kind === 'failed' ? errorTexts(t, state.error, machine) : null;
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <p className={styles.name} title={download.path}>
          {name}
        </p>
        {isUnderway(download) && (
          <Progress
            label={t('downloads.progress', { name })}
            ratio={totalBytes === null ? null : receivedBytes / totalBytes}
          />
        )}
        <p className={styles.facts}>{facts.join(' · ')}</p>
        {state.kind === 'waiting' && (
          <RowProblem>
            {t(download.canContinue ? 'downloads.state.waiting' : 'downloads.state.waitingToRestart')}
          </RowProblem>
        )}
        {texts && <RowProblem>{`${texts.what} ${texts.todo}`}</RowProblem>}
      </div>
      <div className={styles.tools}>
        {state.kind === 'running' && (
          <IconButton label={t('downloads.pause', { name })} onPress={() => pauseDownload(id)}>
            <Pause aria-hidden />
          </IconButton>
        )}
        {(state.kind === 'paused' || state.kind === 'waiting') && (
          <IconButton label={t('downloads.resume', { name })} onPress={() => resumeDownload(id)}>
            <Play aria-hidden />
          </IconButton>
        )}
        {state.kind === 'failed' && state.canRetry && (
          <IconButton label={t('downloads.retry', { name })} onPress={() => resumeDownload(id)}>
            <RotateCw aria-hidden />
          </IconButton>
        )}
        {state.kind === 'finished' && (
          <>
            <IconButton label={t('downloads.open', { name })} onPress={() => openDownload(id)}>
              <ExternalLink aria-hidden />
            </IconButton>
            <IconButton
              label={t('downloads.showInFolder', { name })}
              onPress={() => showDownloadInFolder(id)}
            >
              <FolderOpen aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton
          label={t(isUnderway(download) ? 'downloads.cancel' : 'downloads.remove', { name })}
          onPress={() => removeDownload(id)}
        >
          <X aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
