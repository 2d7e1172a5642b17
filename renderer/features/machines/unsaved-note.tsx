import { Save, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { openMachineEditor } from '../../stores/view-store';
import { removeMachines } from './machine-actions';
import styles from './unsaved-note.module.css';

/** Says of a machine that it is not saved, and what can be done about it. */
export function UnsavedNote({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  return (
    <div className={styles.note}>
      <p>{t('unsaved.until')}</p>
      <div className={styles.buttons}>
        <Button icon={<Save aria-hidden />} onPress={() => openMachineEditor(machine.id)}>
          {t('unsaved.save')}
        </Button>
        <Button variant="quiet" icon={<Trash2 aria-hidden />} onPress={() => removeMachines([machine])}>
          {t('unsaved.discard')}
        </Button>
      </div>
    </div>
  );
}
