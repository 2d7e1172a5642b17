import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { InheritableSetting } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import styles from './machine-editor.module.css';

interface InheritedNoteProps {
  readonly setting: InheritableSetting;
  readonly source: MachineGroup | 'defaults' | 'builtIn';
  readonly isInherited: boolean;
  readonly onInherit: () => void;
}

/** Says where the value above comes from, and offers the one of the group when the machine has its own. */
export function InheritedNote({ setting, source, isInherited, onInherit }: InheritedNoteProps) {
  const { t } = useTranslation();
  if (source === 'builtIn') return null;
  const name = t(`setting.${setting}`);
  const from =
    source === 'defaults'
      ? t('inherit.fromDefaults', { name })
      : t('inherit.fromGroup', { name, group: source.name });
  if (isInherited) return <p className={styles.inherited}>{from}</p>;
  const take =
    source === 'defaults'
      ? t('inherit.takeDefaults', { name })
      : t('inherit.takeGroup', { name, group: source.name });
  return (
    <p className={styles.inherited}>
      <Button className={styles.inheritButton ?? ''} onPress={onInherit}>
        {take}
      </Button>
    </p>
  );
}
