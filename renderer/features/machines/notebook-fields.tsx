import { useTranslation } from 'react-i18next';
import type { FoundEnvironments } from '../../../shared/model/environment';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { FoundChoices } from '../environments/found-choices';
import { ImageFields } from '../notebook/image-fields';
import styles from './machine-editor.module.css';
import type { MachineField, MachineForm } from './machine-form';

interface NotebookFieldsProps {
  readonly form: MachineForm;
  /** What was found on the machine, to choose from; null: nobody looked yet. */
  readonly found?: FoundEnvironments | null;
  readonly change: (part: Partial<MachineForm>) => void;
  readonly field: (name: MachineField) => Parameters<typeof TextField>[0];
}

/** Which Jupyter to start on a machine. */
export function NotebookFields({ form, found = null, change, field }: NotebookFieldsProps) {
  const { t } = useTranslation();
  const { notebookKind } = form;
  return (
    <>
      <RadioGroup
        label={t('editor.notebook')}
        value={notebookKind}
        onChange={(kind) => change({ notebookKind: kind })}
        options={[
          { value: 'auto', text: t('notebookChoice.auto') },
          { value: 'environment', text: t('notebookChoice.environment') },
          { value: 'module', text: t('notebookChoice.module') },
          { value: 'command', text: t('notebookChoice.command') },
          { value: 'image', text: t('notebookChoice.image') },
        ]}
      />
      {notebookKind === 'auto' && <p className={styles.hint}>{t('editor.notebookHint.auto')}</p>}
      {found !== null && (
        <FoundChoices
          notebookKind={notebookKind}
          found={found}
          change={change}
          value={String(field(notebookKind === 'module' ? 'moduleNames' : 'environmentPath').value)}
        />
      )}
      {notebookKind === 'environment' && (
        <TextField
          {...field('environmentPath')}
          placeholder="~/miniconda3/envs/ml"
          description={t('editor.notebookHint.environment')}
          isMono
        />
      )}
      {notebookKind === 'module' && (
        <TextField
          {...field('moduleNames')}
          placeholder="gcc/12 python/3.11"
          description={t('editor.notebookHint.module')}
          isMono
        />
      )}
      {notebookKind === 'command' && (
        <TextField
          {...field('commandLine')}
          placeholder="cd ~/work && jupyter lab"
          description={t('editor.notebookHint.command')}
          isMono
        />
      )}
      {notebookKind === 'image' && <ImageFields form={form} change={change} field={field} />}
    </>
  );
}
