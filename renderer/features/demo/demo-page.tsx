import { useTranslation } from 'react-i18next';
import { type DemoState, demoSteps } from '../../../shared/model/demo';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { StepList } from '../../components/step-list';
import { showFailure } from '../../stores/notices-store';
import { openMachineEditor, selectNothing } from '../../stores/view-store';
import { ErrorCard } from '../connection/error-card';
import { cancelDemo, startDemo } from './demo-actions';
import styles from './demo-page.module.css';

interface DemoPageProps {
  readonly state: Extract<DemoState, { kind: 'preparing' | 'failed' }>;
  /** No machines stand beside it. */
  readonly isAlone: boolean;
}

/** How far the demo machine is, or why there is none. */
export function DemoPage({ state, isAlone }: DemoPageProps) {
  const { t } = useTranslation();
  return (
    <div className={`${styles.page} ${isAlone ? styles.alone : ''}`}>
      <h1>{t('demo.title')}</h1>
      <p className={styles.muted}>{t('demo.explanation')}</p>
      {state.kind === 'preparing' ? (
        <>
          <div aria-live="polite" className={styles.steps}>
            <StepList
              steps={demoSteps.map((id) => ({ id, text: t(`demo.step.${id}`) }))}
              currentId={state.step}
              detail={state.detail}
            />
          </div>
          <div>
            <Button onPress={cancelDemo}>{t('common.cancel')}</Button>
          </div>
        </>
      ) : (
        <>
          <ErrorCard
            report={state.error}
            onAction={(action) => {
              switch (action) {
                case 'retry':
                case 'start-notebook':
                case 'show-log':
                case 'replace-host-key':
                case 'allow-old-algorithms':
                  return startDemo();
                case 'edit-machine':
                  return openMachineEditor(null);
                case 'reopen-app':
                  return nuvem.app.quit().catch(showFailure);
              }
            }}
          />
          <div>
            <Button onPress={selectNothing}>{t('demo.back')}</Button>
          </div>
        </>
      )}
    </div>
  );
}
