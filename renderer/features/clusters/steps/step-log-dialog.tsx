import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import {
  type EmrLogKind,
  type EmrStep,
  type EmrStepLog,
  emrLogKinds,
} from '../../../../shared/model/emr-step';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { CopyButton } from '../../../components/copy-button';
import { Dialog } from '../../../components/dialog';
import { RadioGroup } from '../../../components/radio-group';
import { Spinner } from '../../../components/spinner';
import { AwsProblem } from '../../aws/aws-problem';
import styles from './steps.module.css';

interface StepLogDialogProps {
  readonly accountId: AwsAccountId;
  readonly clusterId: string;
  readonly step: EmrStep;
  readonly onClose: () => void;
}

type Seen = EmrStepLog | { readonly kind: 'coming' } | { readonly kind: 'failed'; readonly error: AppError };

/** What a step wrote, as far as EMR has put it into S3. */
export function StepLogDialog({ accountId, clusterId, step, onClose }: StepLogDialogProps) {
  const { t } = useTranslation('clusters');
  const [kind, setKind] = useState<EmrLogKind>(step.state === 'FAILED' ? 'stderr' : 'stdout');
  const [looks, setLooks] = useState(0);
  const [log, setLog] = useState<Seen>({ kind: 'coming' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look asks the same again.
  useEffect(() => {
    let isCurrent = true;
    setLog({ kind: 'coming' });
    nuvem.emrSteps.log({ accountId, clusterId, stepId: step.id, kind }).then(
      (read) => isCurrent && setLog(read),
      (thrown: unknown) => isCurrent && setLog({ kind: 'failed', error: AppError.from(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [accountId, clusterId, step.id, kind, looks]);
  return (
    <Dialog
      title={t('steps.logsTitle', { name: step.name })}
      width="full"
      onCancel={onClose}
      buttons={
        <>
          <Button icon={<RefreshCw aria-hidden />} onPress={() => setLooks(looks + 1)}>
            {t('refresh')}
          </Button>
          <Button autoFocus onPress={onClose}>
            {t('steps.close')}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={t('steps.log')}
        value={kind}
        options={emrLogKinds.map((value) => ({ value, text: t(`steps.logKind.${value}`) }))}
        onChange={setKind}
      />
      <p className={styles.hint}>{t(`steps.logAbout.${kind}`)}</p>
      {log.kind === 'coming' && <Spinner size={18} />}
      {log.kind === 'failed' && <AwsProblem error={log.error.toReport()} />}
      {log.kind === 'notKept' && <p>{t('steps.logNotKept')}</p>}
      {log.kind === 'notThere' && (
        <p>
          {t('steps.logNotThere')} <span className="mono selectable">{log.uri}</span>
        </p>
      )}
      {log.kind === 'text' && (
        <>
          <p className={styles.hint}>
            {log.isCut && `${t('steps.logCut')} `}
            <span className="mono selectable">{log.uri}</span>
          </p>
          <div className={styles.log}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard. */}
            <pre className="selectable" tabIndex={0}>
              {log.text === '' ? t('steps.logEmpty') : log.text}
            </pre>
            <CopyButton label={t('copyText')} textOf={() => log.text} />
          </div>
        </>
      )}
    </Dialog>
  );
}
