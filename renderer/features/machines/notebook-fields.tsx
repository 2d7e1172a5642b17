import { useTranslation } from 'react-i18next';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import styles from './machine-editor.module.css';
import type { MachineField, MachineForm } from './machine-form';

interface NotebookFieldsProps {
  readonly notebookKind: MachineForm['notebookKind'];
  readonly change: (part: Partial<MachineForm>) => void;
  readonly field: (name: MachineField) => Parameters<typeof TextField>[0];
}

/** Which Jupyter to start on a machine. */
export function NotebookFields({ notebookKind, change, field }: NotebookFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <RadioGroup
        label={t('editor.notebook')}
        value={notebookKind}
        onChange={(kind) => change({ notebookKind: kind })}
        options={[
          { value: 'auto', text: t('notebookChoice.auto') },
          { value: 'environment', text: t('notebookChoice.environment') },
          { value: 'command', text: t('notebookChoice.command') },
        ]}
      />
      {notebookKind === 'auto' && <p className={styles.hint}>{t('editor.notebookHint.auto')}</p>}
      {notebookKind === 'environment' && (
        <TextField
          {...field('environmentPath')}
          placeholder="~/miniconda3/envs/ml"
          description={t('editor.notebookHint.environment')}
          isMono
        />
      )}
      {notebookKind === 'command' && (
        <TextField
          {...field('commandLine')}
          placeholder="module load python && jupyter lab"
          description={t('editor.notebookHint.command')}
          isMono
        />
      )}
    </>
  );
}
