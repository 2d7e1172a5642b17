import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { s3NameOf } from '../../../shared/model/s3';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Select } from '../../components/select';
import { useTask } from '../../components/use-task';
import { AwsProblem } from '../aws/aws-problem';
import styles from './s3.module.css';

/** In seconds; S3 allows seven days. */
const durations = ['900', '3600', '43200', '86400', '604800'] as const;

interface LinkDialogProps {
  readonly accountId: AwsAccountId;
  readonly bucket: string;
  readonly objectKey: string;
  readonly onClose: () => void;
}

/** Copies an address by which whoever has it gets the object, for as long as the user says. */
export function LinkDialog({ accountId, bucket, objectKey, onClose }: LinkDialogProps) {
  const { t } = useTranslation('s3');
  const [duration, setDuration] = useState<(typeof durations)[number]>('3600');
  const [isCopied, setIsCopied] = useState(false);
  const task = useTask();
  const copy = () => nuvem.s3.copyLink({ accountId, bucket, key: objectKey, forSeconds: Number(duration) });
  return (
    <Dialog
      title={t('linkTitle', { name: s3NameOf(objectKey) })}
      onCancel={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('close')}</Button>
          <Button
            variant="primary"
            isDisabled={task.isRunning}
            onPress={() => task.run(copy, () => setIsCopied(true))}
          >
            {t(isCopied ? 'linkCopied' : 'copyLink')}
          </Button>
        </>
      }
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <Select
        label={t('linkFor')}
        value={duration}
        onChange={(next) => {
          setDuration(next);
          setIsCopied(false);
        }}
        options={durations.map((value) => ({ value, text: t(`duration.${value}`) }))}
      />
      <p className={styles.hint}>{t('linkExplanation')}</p>
    </Dialog>
  );
}
