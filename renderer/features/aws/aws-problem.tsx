import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../shared/errors/app-error';
import { Disclosure } from '../../components/disclosure';
import { ProblemBox } from '../../components/problem-box';
import { errorTexts } from '../../i18n/error-texts';
import styles from './aws.module.css';
import { PolicyBlock } from './policy-block';

interface AwsProblemProps {
  readonly error: ErrorReport;
  /** Buttons that help. */
  readonly actions?: ReactNode;
}

/** What AWS refused and what to do; for a missing permission with the policy to ask for, and with AWS's own words. */
export function AwsProblem({ error, actions }: AwsProblemProps) {
  const { t } = useTranslation('aws');
  const { t: tOfErrors } = useTranslation();
  const { permissions, resource } = error.params;
  const missing = String(permissions ?? '')
    .split(' ')
    .filter((permission) => permission !== '');
  return (
    <div className={styles.problem}>
      <ProblemBox texts={errorTexts(tOfErrors, error)} actions={actions} />
      {missing.length > 0 && resource !== undefined && (
        <Disclosure title={t('policyToAskFor')}>
          <PolicyBlock permissions={missing} resource={String(resource)} />
        </Disclosure>
      )}
      {error.details.length > 0 && (
        <Disclosure title={t('whatAwsSaid')}>
          <div className={styles.block}>
            <pre className="selectable">{error.details.join('\n')}</pre>
          </div>
        </Disclosure>
      )}
    </div>
  );
}
