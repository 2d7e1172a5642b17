import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { type EmrTemplate, type SavedEmrTemplate, usualTemplate } from '../../../shared/model/emr-template';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Disclosure } from '../../components/disclosure';
import { FormButtons } from '../../components/form-buttons';
import { IconButton } from '../../components/icon-button';
import { Select } from '../../components/select';
import { TextArea } from '../../components/text-area';
import { useTask } from '../../components/use-task';
import { showFailure } from '../../stores/notices-store';
import { AwsProblem } from '../aws/aws-problem';
import { ClusterFields } from './cluster-fields';
import { clusterForm, readCluster } from './cluster-form';
import styles from './clusters.module.css';
import { TemplateTexts } from './template-texts';

interface ClusterDialogProps {
  readonly account: AwsAccount;
  /** Of the cluster that is copied; null: the usual one. */
  readonly template: EmrTemplate | null;
  readonly onClose: () => void;
  readonly onCreated: (clusterId: string) => void;
}

/** Makes a cluster from a template, which can be saved, and come and go as text. */
export function ClusterDialog({ account, template, onClose, onCreated }: ClusterDialogProps) {
  const { t } = useTranslation('clusters');
  const [saved, setSaved] = useState<readonly SavedEmrTemplate[]>([]);
  const [chosen, setChosen] = useState('');
  const [form, setForm] = useState(() => clusterForm(template ?? usualTemplate));
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const [pasted, setPasted] = useState('');
  const task = useTask();
  useEffect(() => {
    nuvem.emr.templates().then(setSaved).catch(showFailure);
  }, []);

  const read = readCluster(form);
  const problems = areProblemsShown && 'problems' in read ? read.problems : {};
  const show = (next: EmrTemplate) => setForm(clusterForm(next));
  const choose = (id: string) => {
    setChosen(id);
    show(saved.find((candidate) => candidate.id === id)?.template ?? template ?? usualTemplate);
  };
  const withTemplate = (use: (checked: EmrTemplate) => void) => {
    setAreProblemsShown(true);
    if ('template' in read) use(read.template);
  };
  const create = () =>
    withTemplate((checked) =>
      task.run(() => nuvem.emr.create({ accountId: account.id, template: checked }), onCreated),
    );
  const save = () =>
    withTemplate((checked) =>
      task.run(
        () => nuvem.emr.saveTemplate(checked),
        (list) => {
          setSaved(list);
          setChosen(list.find((candidate) => candidate.template.name === checked.name)?.id ?? '');
        },
      ),
    );
  const remove = () => {
    const templateId = saved.find((candidate) => candidate.id === chosen)?.id;
    if (templateId === undefined) return;
    setChosen('');
    nuvem.emr.removeTemplate({ templateId }).then(setSaved).catch(showFailure);
  };
  const paste = () => task.run(() => nuvem.emr.readTemplate({ text: pasted }), show);
  return (
    <Dialog
      title={t('newCluster')}
      width="full"
      onCancel={onClose}
      onSubmit={create}
      buttons={
        <>
          <Button isDisabled={task.isRunning} onPress={save}>
            {t('saveTemplate')}
          </Button>
          <FormButtons submit={t('create')} isRunning={task.isRunning} onCancel={onClose} />
        </>
      }
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <div className={styles.line}>
        <Select
          label={t('template')}
          value={chosen}
          onChange={choose}
          options={[
            { value: '', text: t(template === null ? 'usual' : 'copied') },
            ...saved.map(({ id, template: { name } }) => ({ value: id as string, text: name })),
          ]}
        />
        {chosen !== '' && (
          <IconButton label={t('removeTemplate')} onPress={remove}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <ClusterFields
        form={form}
        problems={problems}
        onChange={(part) => setForm((current) => ({ ...current, ...part }))}
      />
      {problems.rest && <p role="alert">{t(`problem.${problems.rest}`)}</p>}
      <p className={styles.muted}>{t('costs')}</p>
      {'template' in read && (
        <Disclosure title={t('texts')}>
          <TemplateTexts account={account} template={read.template} />
        </Disclosure>
      )}
      <Disclosure title={t('fromText')}>
        <TextArea label={t('pasted')} description={t('pastedHint')} value={pasted} onChange={setPasted} />
        <Button isDisabled={pasted.trim() === '' || task.isRunning} onPress={paste}>
          {t('takeOver')}
        </Button>
      </Disclosure>
    </Dialog>
  );
}
