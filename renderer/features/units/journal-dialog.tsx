import { Pause, Play } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { ServiceUnit } from '../../../shared/model/service-unit';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import styles from './units.module.css';
import { useJournal } from './use-journal';

interface JournalDialogProps {
  readonly machineId: MachineId;
  readonly unit: ServiceUnit;
  readonly onClose: () => void;
}

/** Closer to the end than this counts as reading the end. */
const endPx = 40;

/** A service's journal as it is written, unless it is paused; stays at its end while the reader is there. */
export function JournalDialog({ machineId, unit, onClose }: JournalDialogProps) {
  const { t } = useTranslation();
  const [isPaused, setIsPaused] = useState(false);
  const lines = useJournal(machineId, unit.id, isPaused);
  const listRef = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: to be done whenever there are more lines.
  useLayoutEffect(() => {
    const list = listRef.current;
    if (list && isAtEnd.current) list.scrollTop = list.scrollHeight;
  }, [lines]);
  const Icon = isPaused ? Play : Pause;
  return (
    <Dialog
      title={t('journal.title', { ns: 'units', folder: unit.folder })}
      width="wide"
      onCancel={onClose}
      buttons={
        <>
          <Button icon={<Icon aria-hidden />} onPress={() => setIsPaused(!isPaused)}>
            {t(isPaused ? 'journal.resume' : 'journal.pause', { ns: 'units' })}
          </Button>
          <Button variant="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className={styles.journalHead}>
        <span className="mono selectable">{unit.name}</span>
        <CopyButton label={t('journal.copy', { ns: 'units' })} textOf={() => lines.join('\n')} />
      </div>
      <section
        ref={listRef}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard.
        tabIndex={0}
        aria-label={t('journal.lines', { ns: 'units' })}
        className={styles.journal}
        onScroll={({ currentTarget: list }) => {
          isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < endPx;
        }}
      >
        {lines.length === 0 ? (
          <p className={styles.hint}>{t('journal.empty', { ns: 'units' })}</p>
        ) : (
          <pre className="selectable">{lines.join('\n')}</pre>
        )}
      </section>
    </Dialog>
  );
}
