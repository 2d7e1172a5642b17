import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { canReplaceHostKey } from '../../../shared/model/connection';
import { type DiagnosisSnapshot, type DiagnosisStep, mainFinding } from '../../../shared/model/diagnosis';
import type { Remedy } from '../../../shared/model/diagnosis-finding';
import type { Machine } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { Spinner } from '../../components/spinner';
import { appInfoStore } from '../../stores/app-info-store';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { diagnosisStore } from '../../stores/diagnosis-store';
import { showFailure } from '../../stores/notices-store';
import { closeDialog, openHostKeyReplacement, selectKeys } from '../../stores/view-store';
import { connect } from '../connection/connection-actions';
import { editFailingMachine, offerOldAlgorithms } from '../connection/failing-machine';
import styles from './diagnosis.module.css';
import { leaveDiagnosis, lookInside, mendKeyFile, startDiagnosis, stopDiagnosis } from './diagnosis-actions';
import { FindingCard } from './finding-card';
import { QuestionBox } from './question-box';
import { reportText } from './report-text';
import { StepRow } from './step-row';
import { hopText } from './step-text';

/** Looks at the way into a machine step by step, and says in words where it ends. */
export function DiagnosisDialog({ machine }: { readonly machine: Machine }) {
  const { t, i18n } = useTranslation();
  const snapshot = useStore(diagnosisStore, (all) => all[machine.id]);
  const version = useStore(appInfoStore, (info) => info?.version ?? '');
  const isFinished = snapshot?.state.kind === 'finished';
  const report = () => {
    if (snapshot?.state.kind !== 'finished') return '';
    const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'long' });
    const time = format.format(snapshot.state.atMs);
    const facts = { machineName: machine.name, version, time, language: i18n.language };
    return reportText(t, snapshot, facts);
  };
  const close = () => leaveDiagnosis(machine.id);
  return (
    <Dialog
      title={t('title', { ns: 'diagnosis', name: machine.name })}
      width="wide"
      onCancel={close}
      buttons={
        <>
          {isFinished && (
            <div className={styles.reportButtons}>
              <CopyButton label={t('copyReport', { ns: 'diagnosis' })} textOf={report} />
              <Button
                variant="quiet"
                icon={<Download aria-hidden />}
                onPress={() => {
                  nuvem.app.saveText({ text: report() }).catch(showFailure);
                }}
              >
                {t('saveReport', { ns: 'diagnosis' })}
              </Button>
            </div>
          )}
          <Button onPress={close}>{t('common.close')}</Button>
          {isFinished ? (
            <Button variant="primary" onPress={() => startDiagnosis(machine.id)}>
              {t('again', { ns: 'diagnosis' })}
            </Button>
          ) : (
            <Button onPress={() => stopDiagnosis(machine.id)}>{t('stop', { ns: 'diagnosis' })}</Button>
          )}
        </>
      }
    >
      {snapshot ? <Course snapshot={snapshot} machine={machine} /> : <Spinner />}
    </Dialog>
  );
}

interface CourseProps {
  readonly snapshot: DiagnosisSnapshot;
  readonly machine: Machine;
}

function Course({ snapshot, machine }: CourseProps) {
  const { t } = useTranslation();
  const { steps, state, hops } = snapshot;
  const main = mainFinding(steps);
  const asking = steps.flatMap((step) => (step.state.kind === 'asking' ? [step.state.prompt] : []))[0];
  const verdict =
    state.kind === 'finished' ? state.verdict : asking === undefined ? ('running' as const) : 'asking';
  const remedy = (step: DiagnosisStep) => (chosen: Remedy) => actOn(chosen, step, machine);
  return (
    <>
      <div className={styles.summary}>
        <p role="status" className={styles.verdict}>
          {t(`verdict.${verdict}`, { ns: 'diagnosis' })}
        </p>
        {asking && <QuestionBox key={asking.promptId} prompt={asking} />}
        {main && state.kind === 'finished' && (
          <FindingCard finding={main.finding} onRemedy={remedy(main.step)} />
        )}
      </div>
      {groupsOf(steps).map(({ hop, steps: ofHop }) => (
        <section key={hop ?? 'here'} className={styles.group}>
          {hops.length > 1 && (
            <h3>{hop === null ? t('here', { ns: 'diagnosis' }) : hopText(t, hops, hop)}</h3>
          )}
          <ol className={styles.steps}>
            {ofHop.map((step) => (
              <StepRow key={step.id} step={step} isMain={step.id === main?.step.id} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** The steps by where they happen; with one server there is nothing to tell apart. */
function groupsOf(steps: readonly DiagnosisStep[]) {
  const places = [...new Set(steps.map(({ hop }) => hop))];
  if (places.length < 3) return [{ hop: null, steps }];
  return places.map((hop) => ({ hop, steps: steps.filter((step) => step.hop === hop) }));
}

/** Does what Nuvem itself can do about a finding. */
function actOn(remedy: Remedy, step: DiagnosisStep, machine: Machine): void {
  const params = 'finding' in step.state ? step.state.finding.params : {};
  switch (remedy) {
    case 'retry':
      startDiagnosis(machine.id);
      break;
    case 'look-inside':
      lookInside(machine.id);
      break;
    case 'mend-key-file':
      mendKeyFile(machine.id, step.hop ?? 0);
      break;
    case 'edit-machine':
      editFailingMachine(machine.id, params);
      break;
    case 'allow-old-algorithms':
      offerOldAlgorithms(machine.id, params);
      break;
    case 'show-keys':
      closeDialog();
      selectKeys();
      break;
    case 'replace-host-key': {
      const state = connectionStateOf(connectionsStore.getState(), machine.id);
      // Only a connection that has met the changed key can replace it.
      if (canReplaceHostKey(state, String(params.newFingerprint))) openHostKeyReplacement(machine.id);
      else {
        closeDialog();
        connect(machine.id);
      }
      break;
    }
  }
}
