import { ChevronRight, CircleAlert, CircleCheck, CircleDashed, CircleHelp, CircleX } from 'lucide-react';
import { Disclosure, DisclosurePanel, Button as TriggerButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { DiagnosisStep, StepState } from '../../../shared/model/diagnosis';
import { Spinner } from '../../components/spinner';
import { logText } from '../../i18n/log-text';
import styles from './diagnosis.module.css';
import { elapsedText, findingTexts, stepText } from './step-text';

interface StepRowProps {
  readonly step: DiagnosisStep;
  /** What was found here stands above all steps already. */
  readonly isMain: boolean;
}

/** One step: how it went, and on request what happened in it. */
export function StepRow({ step, isMain }: StepRowProps) {
  const { t, i18n } = useTranslation();
  const { state, entries } = step;
  const finding = 'finding' in state && !isMain ? findingTexts(t, state.finding) : null;
  const stateText = t(`stepState.${state.kind}`, { ns: 'diagnosis' });
  return (
    <li
      className={`${styles.step} ${styles[state.kind]}`}
      aria-current={state.kind === 'running' || state.kind === 'asking' ? 'step' : undefined}
    >
      <Disclosure className={styles.disclosure ?? ''}>
        <TriggerButton slot="trigger" className={styles.trigger ?? ''} isDisabled={entries.length === 0}>
          <StateIcon kind={state.kind} />
          <span className={styles.stepText}>{stepText(t, step)}</span>
          <span className={styles.stepState}>
            {[stateText, elapsedText(t, i18n.language, step)].filter(Boolean).join(' · ')}
          </span>
          <ChevronRight aria-hidden size={14} className={styles.chevron ?? ''} />
        </TriggerButton>
        <DisclosurePanel>
          <ul className={`${styles.entries} selectable`}>
            {entries.map((entry) => (
              <li key={entry.sequence}>{logText(t, entry)}</li>
            ))}
          </ul>
        </DisclosurePanel>
      </Disclosure>
      {finding && <p className={`${styles.found} selectable`}>{finding.what}</p>}
    </li>
  );
}

function StateIcon({ kind }: { readonly kind: StepState['kind'] }) {
  switch (kind) {
    case 'running':
      return <Spinner size={16} />;
    case 'asking':
      return <CircleHelp aria-hidden size={16} />;
    case 'passed':
      return <CircleCheck aria-hidden size={16} />;
    case 'advised':
      return <CircleAlert aria-hidden size={16} />;
    case 'failed':
      return <CircleX aria-hidden size={16} />;
    case 'pending':
    case 'skipped':
      return <CircleDashed aria-hidden size={16} />;
  }
}
