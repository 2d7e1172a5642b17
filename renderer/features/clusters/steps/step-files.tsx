import { File, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LocalFile } from '../../../../shared/model/emr-step';
import { shellWord } from '../../../../shared/util/shell-word';
import { Button } from '../../../components/button';
import { CopyButton } from '../../../components/copy-button';
import { IconButton } from '../../../components/icon-button';
import { Row, RowFacts, RowList, RowTitle } from '../../../components/row-list';
import { TextField } from '../../../components/text-field';
import { byteText } from '../../tunnels/byte-text';
import type { StepFieldsProps } from './step-fields-props';
import { uriOf, withFolder } from './step-form';

/** The files of this computer that are uploaded, and where they will lie. */
export function StepFiles({ form, problems, onChange }: StepFieldsProps) {
  const { t, i18n } = useTranslation('clusters');
  if (form.files.length === 0) return null;
  const field = form.kind === 'spark' ? 'args' : 'command';
  const append = (file: LocalFile) =>
    onChange({ [field]: `${form[field]} ${shellWord(uriOf(form, file) ?? '')}`.trim() });
  return (
    <>
      <TextField
        label={t('steps.folder')}
        description={t('steps.hint.folder')}
        value={form.folder}
        onChange={(folder) => onChange(withFolder(form, folder))}
        error={problems.folder && t(`steps.problem.${problems.folder}`)}
        placeholder="s3://bucket/nuvem/"
        isMono
      />
      <RowList label={t('steps.files')}>
        {form.files.map((file) => (
          <Row
            key={file.path}
            icon={<File aria-hidden size={18} />}
            actions={
              <>
                <Button
                  variant="quiet"
                  isDisabled={uriOf(form, file) === null}
                  aria-label={t('steps.asArgumentNamed', { name: file.name })}
                  onPress={() => append(file)}
                >
                  {t('steps.asArgument')}
                </Button>
                <CopyButton
                  label={t('steps.copyPlace', { name: file.name })}
                  textOf={() => uriOf(form, file) ?? ''}
                />
                <IconButton
                  label={t('steps.removeFile', { name: file.name })}
                  onPress={() => onChange({ files: form.files.filter(({ path }) => path !== file.path) })}
                >
                  <X aria-hidden />
                </IconButton>
              </>
            }
          >
            <RowTitle>{file.name}</RowTitle>
            <RowFacts>
              {byteText(i18n.language, file.sizeBytes)}
              {' → '}
              <span className="mono selectable">{uriOf(form, file) ?? t('steps.noPlace')}</span>
            </RowFacts>
          </Row>
        ))}
      </RowList>
    </>
  );
}
