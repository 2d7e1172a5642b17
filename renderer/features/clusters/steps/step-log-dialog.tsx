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
  /** The cluster's primary node is there. */
  readonly hasNode: boolean;
  readonly onClose: () => void;
}

type Seen = EmrStepLog | { readonly kind: 'coming' } | { readonly kind: 'failed'; readonly error: AppError };

/** What a step wrote, from S3 or, as long as EMR has not put it there, from the primary node. */
export function StepLogDialog({ accountId, clusterId, step, hasNode, onClose }: StepLogDialogProps) {
  const { t } = useTranslation('clusters');
  const [kind, setKind] = useState<EmrLogKind>(step.state === 'FAILED' ? 'stderr' : 'stdout');
  const [looks, setLooks] = useState(0);
  const [place, setPlace] = useState<'anywhere' | 'node'>('anywhere');
  const [log, setLog] = useState<Seen>({ kind: 'coming' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look asks the same again.
  useEffect(() => {
    let isCurrent = true;
    setLog({ kind: 'coming' });
    const ask = place === 'node' ? nuvem.emrSteps.nodeLog : nuvem.emrSteps.log;
    ask({ accountId, clusterId, stepId: step.id, kind }).then(
      (read) => isCurrent && setLog(read),
      (thrown: unknown) => isCurrent && setLog({ kind: 'failed', error: AppError.from(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [accountId, clusterId, step.id, kind, place, looks]);
  return (
    <Dialog
      title={t('steps.logsTitle', { name: step.name })}
      width="full"
      onCancel={onClose}
      buttons={
        <>
          <Button
            icon={<RefreshCw aria-hidden />}
            onPress={() => {
              setPlace('anywhere');
              setLooks(looks + 1);
            }}
          >
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
        onChange={(chosen) => {
          setKind(chosen);
          setPlace('anywhere');
        }}
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
      {log.kind === 'notOnNode' && (
        <p>
          {t('steps.logNotOnNode', { machine: log.machine })}{' '}
          <span className="mono selectable">{log.path}</span>
        </p>
      )}
      {hasNode && (log.kind === 'notKept' || log.kind === 'notThere') && log.mayBeOnNode && (
        <div>
          <Button onPress={() => setPlace('node')}>{t('steps.logFromNode')}</Button>
        </div>
      )}
      {(log.kind === 'text' || log.kind === 'onNode') && (
        <>
          <p className={styles.hint}>
            {log.kind === 'onNode' && `${t('steps.logOnNode', { machine: log.machine })} `}
            {log.isCut && `${t('steps.logCut')} `}
            <span className="mono selectable">{log.kind === 'text' ? log.uri : log.path}</span>
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
