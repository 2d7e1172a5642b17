import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../components/checkbox';
import { Select } from '../../components/select';
import { TextArea } from '../../components/text-area';
import { TextField } from '../../components/text-field';
import type { ImageForm } from './image-form';

interface ImageFieldsProps {
  readonly form: ImageForm;
  readonly change: (part: Partial<ImageForm>) => void;
  readonly field: (name: 'image' | 'imageVolumes' | 'imageOptions') => Parameters<typeof TextField>[0];
}

/** The container image that a machine's notebooks run in. */
export function ImageFields({ form, change, field }: ImageFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        {...field('image')}
        placeholder="quay.io/jupyter/scipy-notebook:latest"
        description={t('image.imageHint')}
        isMono
      />
      <Select
        label={t('image.engine')}
        value={form.imageEngine}
        onChange={(imageEngine) => change({ imageEngine })}
        options={[
          { value: 'auto', text: t('image.engineAuto') },
          { value: 'docker', text: 'Docker' },
          { value: 'podman', text: 'Podman' },
        ]}
      />
      <TextArea
        {...field('imageVolumes')}
        placeholder="~/data:/data:ro"
        description={t('image.volumesHint')}
      />
      <Checkbox isSelected={form.imageUsesGpus} onChange={(imageUsesGpus) => change({ imageUsesGpus })}>
        {t('image.usesGpus')}
      </Checkbox>
      <TextArea
        {...field('imageOptions')}
        placeholder={t('image.optionsPlaceholder')}
        description={t('image.optionsHint')}
      />
    </>
  );
}
