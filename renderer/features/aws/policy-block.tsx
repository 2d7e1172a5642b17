import { useTranslation } from 'react-i18next';
import { minimalPolicy } from '../../../shared/model/aws-call';
import { CopyButton } from '../../components/copy-button';
import styles from './aws.module.css';

interface PolicyBlockProps {
  readonly permissions: readonly string[];
  readonly resource: string;
}

/** The smallest IAM policy that allows something, to hand to who looks after the account. */
export function PolicyBlock({ permissions, resource }: PolicyBlockProps) {
  const { t } = useTranslation('aws');
  const policy = minimalPolicy(permissions, resource);
  return (
    <div>
      <p className={styles.hint}>{t('policy')}</p>
      <div className={styles.block}>
        <pre className="selectable">{policy}</pre>
        <CopyButton label={t('copyPolicy')} textOf={() => policy} />
      </div>
    </div>
  );
}
