import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { createClusterCommand, createClusterPython } from '../../../shared/model/emr-snippets';
import type { EmrTemplate } from '../../../shared/model/emr-template';
import { nuvem } from '../../api/nuvem';
import { CopyButton } from '../../components/copy-button';
import { RadioGroup } from '../../components/radio-group';
import { showFailure } from '../../stores/notices-store';
import styles from './clusters.module.css';

const forms = ['yaml', 'json', 'cli', 'python'] as const;
type Form = (typeof forms)[number];

interface TemplateTextsProps {
  readonly account: AwsAccount;
  readonly template: EmrTemplate;
}

/** The cluster as a file to keep, and as what makes it without Nuvem. */
export function TemplateTexts({ account, template }: TemplateTextsProps) {
  const { t } = useTranslation('clusters');
  const [form, setForm] = useState<Form>('yaml');
  const [file, setFile] = useState('');
  useEffect(() => {
    if (form !== 'yaml' && form !== 'json') return;
    nuvem.emr.writeTemplate({ template, format: form }).then(setFile).catch(showFailure);
  }, [form, template]);
  const text =
    form === 'cli'
      ? createClusterCommand(template, account)
      : form === 'python'
        ? createClusterPython(template, account)
        : file;
  return (
    <>
      <RadioGroup
        label={t('asText')}
        value={form}
        options={forms.map((value) => ({ value, text: t(`form.${value}`) }))}
        onChange={setForm}
      />
      <div className={styles.block}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard. */}
        <pre className="selectable" tabIndex={0}>
          {text}
        </pre>
        <CopyButton label={t('copyText')} textOf={() => text} />
      </div>
    </>
  );
}
