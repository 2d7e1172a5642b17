import { Download } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LogEntry } from '../../../shared/model/log-entry';
import type { Machine } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { CopyButton } from '../../components/copy-button';
import { IconButton } from '../../components/icon-button';
import { exportedLog } from '../../i18n/exported-log';
import { logText } from '../../i18n/log-text';
import { appInfoStore } from '../../stores/app-info-store';
import { loadLog, logsStore } from '../../stores/logs-store';
import { showFailure } from '../../stores/notices-store';
import styles from './log-panel.module.css';

const none: readonly LogEntry[] = [];
/** Closer to the end than this counts as reading the end. */
const endPx = 40;

/** A machine's connection log; stays at its end while the reader is there. */
export function LogPanel({ machine }: { readonly machine: Machine }) {
  const { id: machineId, name: machineName } = machine;
  const { t } = useTranslation();
  const entries = useStore(logsStore, (logs) => logs[machineId]) ?? none;
  const listRef = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lines = useLogLines(entries);
  const version = useStore(appInfoStore, (info) => info?.version ?? '');
  const exported = () => exportedLog(t, entries, { machineName, version });

  useEffect(() => {
    loadLog(machineId).catch(showFailure);
  }, [machineId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when lines were added.
  useLayoutEffect(() => {
    const list = listRef.current;
    if (list && isAtEnd.current) list.scrollTop = list.scrollHeight;
  }, [lines.length]);

  return (
    <div className={styles.panel}>
      <div
        ref={listRef}
        role="log"
        aria-label={t('log.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        className={`${styles.list} selectable`}
        onScroll={({ currentTarget: list }) => {
          isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < endPx;
        }}
      >
        {lines.length === 0 && <p className={styles.empty}>{t('log.empty')}</p>}
        {lines.map(({ sequence, time, text, level }) => (
          <div key={sequence} className={`${styles.line} ${styles[level]}`}>
            <time>{time}</time> <span>{text}</span>
          </div>
        ))}
      </div>
      <div className={styles.export}>
        <IconButton
          label={t('log.save')}
          isDisabled={entries.length === 0}
          onPress={() => {
            nuvem.app.saveText({ text: exported() }).catch(showFailure);
          }}
        >
          <Download aria-hidden />
        </IconButton>
        <CopyButton label={t('log.copy')} textOf={exported} />
      </div>
    </div>
  );
}

function useLogLines(entries: readonly LogEntry[]) {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  return entries.map((entry) => ({
    sequence: entry.sequence,
    level: entry.level,
    time: format.format(entry.atMs),
    text: logText(t, entry),
  }));
}
