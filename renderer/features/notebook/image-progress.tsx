import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { NotebookActivity } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { Spinner } from '../../components/spinner';
import styles from './notebook.module.css';
import { cancelStart } from './notebook-actions';

interface ImageProgressProps {
  readonly machineId: MachineId;
  readonly fetching: Extract<NotebookActivity, { kind: 'fetchingImage' }>;
}

/** How far a container's image is on its way to the machine, with a way to call it off. */
export function ImageProgress({ machineId, fetching }: ImageProgressProps) {
  const { t } = useTranslation();
  const { image, layers, layersArrived } = fetching;
  return (
    <section className={styles.progress} aria-label={t('image.fetching')} aria-live="polite">
      <p className={styles.fetching}>
        <Spinner size={15} />
        <span>
          {t('image.fetching')} <span className="mono selectable">{image}</span>
          <br />
          {layers === null ? t('image.fetchingNote') : t('image.layers', { arrived: layersArrived, layers })}
        </span>
      </p>
      <Button onPress={() => cancelStart(machineId)}>{t('common.cancel')}</Button>
    </section>
  );
}
