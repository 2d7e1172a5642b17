import { NotebookText, Power, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileOf, type Kernel } from '../../../shared/model/kernel';
import type { KernelUse } from '../../../shared/model/meter';
import { IconButton } from '../../components/icon-button';
import { useNow } from '../../components/use-now';
import { binaryText } from '../meter/binary-text';
import styles from './home.module.css';
import { type OfServer, openFile, orderKernel } from './home-actions';
import { KernelQuestion, type QuestionedOrder } from './kernel-question';
import { agoText, kernelTitle } from './kernel-text';

interface KernelTableProps {
  readonly server: OfServer;
  readonly kernels: readonly Kernel[];
  /** What the machine's meter says of the memory of kernels. */
  readonly measured: readonly KernelUse[];
  /** The connection is there, so that orders can be given. */
  readonly canOrder: boolean;
}

/** The kernels of a server: what for, what they do, what they hold, and what can be done with them. */
export function KernelTable({ server, kernels, measured, canOrder }: KernelTableProps) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow(30_000);
  const [question, setQuestion] = useState<{ kernel: Kernel; order: QuestionedOrder } | null>(null);
  const timeText = (atMs: number) =>
    new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(atMs);
  const activityText = ({ busySinceMs, lastActivityMs }: Kernel): string => {
    if (busySinceMs !== null) return t('home.busySince', { time: timeText(busySinceMs) });
    return lastActivityMs === null ? '' : agoText(i18n.language, lastActivityMs, nowMs);
  };
  const memoryText = ({ id }: Kernel): string => {
    const use = measured.find(({ kernelId }) => kernelId === id);
    return use === undefined ? t('home.memoryUnknown') : binaryText(i18n.language, use.memoryBytes);
  };
  return (
    <>
      <table className={styles.table}>
        <thead className="visuallyHidden">
          <tr>
            <th scope="col">{t('home.column.notebook')}</th>
            <th scope="col">{t('home.column.state')}</th>
            <th scope="col">{t('home.column.memory')}</th>
            <th scope="col">{t('home.column.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {kernels.map((kernel) => {
            const name = kernelTitle(t, kernel);
            const file = fileOf(kernel);
            return (
              <tr key={kernel.id}>
                <th scope="row">
                  <span className={styles.name}>{name}</span>
                  <span className={styles.small}>{kernel.displayName}</span>
                </th>
                <td>
                  <span className={styles[kernel.state]}>{t(`home.state.${kernel.state}`)}</span>
                  <span className={styles.small}>{activityText(kernel)}</span>
                </td>
                <td className={styles.number}>{memoryText(kernel)}</td>
                <td className={styles.actions}>
                  {file !== null && (
                    <IconButton label={t('home.open', { name })} onPress={() => openFile(server, file)}>
                      <NotebookText aria-hidden />
                    </IconButton>
                  )}
                  <IconButton
                    label={t('home.interrupt', { name })}
                    isDisabled={!canOrder || kernel.state !== 'busy'}
                    onPress={() => orderKernel(server, kernel.id, 'interrupt')}
                  >
                    <Square aria-hidden />
                  </IconButton>
                  <IconButton
                    label={t('home.restart', { name })}
                    isDisabled={!canOrder}
                    onPress={() => setQuestion({ kernel, order: 'restart' })}
                  >
                    <RotateCw aria-hidden />
                  </IconButton>
                  <IconButton
                    label={t('home.shutDown', { name })}
                    isDisabled={!canOrder}
                    onPress={() => {
                      // A kernel that does nothing may still hold what took long to compute.
                      if (kernel.state === 'dead') orderKernel(server, kernel.id, 'shutDown');
                      else setQuestion({ kernel, order: 'shutDown' });
                    }}
                  >
                    <Power aria-hidden />
                  </IconButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {question && (
        <KernelQuestion
          {...question}
          onCancel={() => setQuestion(null)}
          onConfirm={() => {
            orderKernel(server, question.kernel.id, question.order);
            setQuestion(null);
          }}
        />
      )}
    </>
  );
}
