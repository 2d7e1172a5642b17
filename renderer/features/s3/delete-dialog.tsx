import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { s3NameOf } from '../../../shared/model/s3';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Spinner } from '../../components/spinner';
import { useTask } from '../../components/use-task';
import { AwsProblem } from '../aws/aws-problem';
import styles from './s3.module.css';

/** Counted further, folders would keep whoever waits waiting. */
const mostCounted = 10_000;
const mostNames = 8;

interface DeleteDialogProps {
  readonly accountId: AwsAccountId;
  readonly bucket: string;
  readonly keys: readonly string[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Names what would be deleted and counts what is in folders, before anything is. */
export function DeleteDialog({ accountId, bucket, keys, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation('s3');
  const [count, setCount] = useState<number | null>(null);
  const [uncounted, setUncounted] = useState<AppError | null>(null);
  const task = useTask();
  useEffect(() => {
    nuvem.s3
      .count({ accountId, bucket, keys, most: mostCounted })
      .then(setCount)
      .catch((thrown: unknown) => setUncounted(AppError.from(thrown)));
  }, [accountId, bucket, keys]);
  const failure = task.failure ?? uncounted;
  return (
    <Dialog
      role="alertdialog"
      title={t('deleteTitle', { count: keys.length, name: s3NameOf(keys[0] ?? '') })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant="danger"
            isDisabled={task.isRunning || count === null}
            {...(task.isRunning ? { icon: <Spinner size={15} /> } : {})}
            onPress={() => task.run(() => nuvem.s3.delete({ accountId, bucket, keys }), onDeleted)}
          >
            {t('delete')}
          </Button>
        </>
      }
    >
      {failure && <AwsProblem error={failure.toReport()} />}
      <ul className={styles.names}>
        {keys.slice(0, mostNames).map((key) => (
          <li key={key}>
            {s3NameOf(key)}
            {key.endsWith('/') && '/'}
          </li>
        ))}
        {keys.length > mostNames && <li>{t('andMore', { count: keys.length - mostNames })}</li>}
      </ul>
      <p>
        {count === null
          ? uncounted === null && t('counting')
          : t(count === mostCounted ? 'deleteAtLeast' : 'deleteCount', { count, bucket })}
      </p>
      <p>{t('deleteForGood')}</p>
    </Dialog>
  );
}
