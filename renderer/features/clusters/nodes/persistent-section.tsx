import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { type PersistentUi, persistentUis } from '../../../../shared/model/emr-primary-node';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Section } from '../../../components/section';
import { Spinner } from '../../../components/spinner';
import { useTask } from '../../../components/use-task';
import { AwsProblem } from '../../aws/aws-problem';
import styles from '../clusters.module.css';

interface PersistentSectionProps {
  readonly accountId: AwsAccountId;
  readonly clusterId: string;
  readonly applications: readonly string[];
}

/** What AWS still shows of a cluster that has ended. */
export function PersistentSection({ accountId, clusterId, applications }: PersistentSectionProps) {
  const { t } = useTranslation('clusters');
  const task = useTask();
  const has = (ui: PersistentUi): boolean =>
    ui === 'yarn' || applications.some((application) => application.toLowerCase().startsWith(ui));
  const open = (ui: PersistentUi) =>
    task.run(
      () => nuvem.emrNodes.openPersistent({ accountId, clusterId, ui }),
      () => undefined,
    );
  return (
    <Section id="persistent-pages" title={t('node.persistentTitle')}>
      <p className={styles.muted}>{t('node.persistent')}</p>
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <div className={styles.line}>
        {persistentUis.filter(has).map((ui) => (
          <Button
            key={ui}
            icon={<ExternalLink aria-hidden />}
            isDisabled={task.isRunning}
            onPress={() => open(ui)}
          >
            {t(`node.persistentUi.${ui}`)}
          </Button>
        ))}
        {task.isRunning && (
          <span role="status">
            <Spinner size={15} /> {t('node.persistentComing')}
          </span>
        )}
      </div>
    </Section>
  );
}
