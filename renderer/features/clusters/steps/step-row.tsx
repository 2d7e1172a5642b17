import { CircleCheck, CircleStop, CircleX, Clock, FileText, Repeat } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  canCancelStep,
  commandRunner,
  type EmrStep,
  type EmrStepState,
  isStepActive,
} from '../../../../shared/model/emr-step';
import { shellWord } from '../../../../shared/util/shell-word';
import { Button } from '../../../components/button';
import { IconButton } from '../../../components/icon-button';
import { Row, RowFacts, RowTitle } from '../../../components/row-list';
import { Spinner } from '../../../components/spinner';
import styles from '../clusters.module.css';

interface StepRowProps {
  readonly step: EmrStep;
  /** The cluster takes new steps. */
  readonly canRun: boolean;
  readonly onLogs: () => void;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
}

/** One step: what it runs, its state with AWS's reason, and its times. */
export function StepRow({ step, canRun, ...on }: StepRowProps) {
  const { t, i18n } = useTranslation('clusters');
  const { id, name, state, reason, jar, args, createdAtMs, startedAtMs, endedAtMs } = step;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  const times = [
    startedAtMs === null
      ? createdAtMs !== null && t('createdAt', { time: format.format(createdAtMs) })
      : t('steps.startedAt', { time: format.format(startedAtMs) }),
    endedAtMs !== null && t('endedAt', { time: format.format(endedAtMs) }),
  ].filter(Boolean);
  const words = jar === commandRunner ? args : [jar, ...args];
  const tone = toneOf(state);
  return (
    <Row
      icon={<StepIcon state={state} />}
      actions={
        <>
          <Button
            variant="quiet"
            icon={<FileText aria-hidden />}
            aria-label={t('steps.logsNamed', { name })}
            onPress={on.onLogs}
          >
            {t('steps.logs')}
          </Button>
          {canCancelStep(state) && (
            <IconButton label={t('steps.cancelNamed', { name })} onPress={on.onCancel}>
              <CircleStop aria-hidden />
            </IconButton>
          )}
          {canRun && (
            <IconButton label={t('steps.againNamed', { name })} onPress={on.onAgain}>
              <Repeat aria-hidden />
            </IconButton>
          )}
        </>
      }
    >
      <RowTitle>
        <span className="selectable">{name}</span>
        <span className={`${styles.state} ${styles[tone]}`}>{t(`steps.state.${state}`)}</span>
      </RowTitle>
      <RowFacts isMono>{words.map(shellWord).join(' ')}</RowFacts>
      <RowFacts>
        <span className="mono selectable">{id}</span>
        {times.length > 0 && ` · ${times.join(' · ')}`}
      </RowFacts>
      {reason !== '' && (
        <RowFacts>
          <span className="selectable">{reason}</span>
        </RowFacts>
      )}
    </Row>
  );
}

const toneOf = (state: EmrStepState): 'bad' | 'muted' | 'good' => {
  if (state === 'FAILED' || state === 'INTERRUPTED') return 'bad';
  return state === 'CANCELLED' || state === 'CANCEL_PENDING' || state === 'PENDING' ? 'muted' : 'good';
};

function StepIcon({ state }: { readonly state: EmrStepState }) {
  if (state === 'PENDING') return <Clock aria-hidden size={18} />;
  if (isStepActive(state)) return <Spinner size={18} />;
  const Icon = state === 'COMPLETED' ? CircleCheck : CircleX;
  return <Icon aria-hidden size={18} />;
}
