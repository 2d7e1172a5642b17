import {
  ChartLine,
  Cloud,
  CloudAlert,
  CloudCheck,
  Database,
  LogIn,
  Monitor,
  Network,
  Pencil,
  RefreshCw,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type AwsAccountStatus, type AwsIdentity, isSigningIn } from '../../../shared/model/aws-account';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { IconButton } from '../../components/icon-button';
import { Row, RowFacts, RowProblem, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { useNow } from '../../components/use-now';
import { selectClusters, selectInstances, selectMetrics, selectS3 } from '../../stores/view-store';
import { OwnCostLine } from '../costs/cost-lines';
import styles from './aws.module.css';
import { cancelSignIn, checkAccount, signInToAccount } from './aws-actions';
import { AwsProblem } from './aws-problem';

interface AccountRowProps {
  readonly status: AwsAccountStatus;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One account: who the user is there, until when, and what is wrong. */
export function AccountRow({ status, onEdit, onRemove }: AccountRowProps) {
  const { account, signIn } = status;
  const { id, name, profile, region, endpoint } = account;
  const { t } = useTranslation('aws');
  const identity = signIn.kind === 'known' ? signIn.identity : null;
  const signsInByBrowser =
    (identity !== null && identity.signInEndsAtMs !== null) ||
    (signIn.kind === 'failed' && signIn.error.code.startsWith('aws-sign-in'));
  const facts = [
    identity && t('accountNumber', { number: identity.accountNumber }),
    profile === '' ? t('standardChain') : t('profileNamed', { name: profile }),
    identity?.region ?? region,
    endpoint,
  ].filter(Boolean);
  return (
    <Row
      icon={<StatusIcon kind={signIn.kind} />}
      actions={
        <>
          {isSigningIn(signIn) ? (
            <Button onPress={() => cancelSignIn(id)}>{t('cancel')}</Button>
          ) : signsInByBrowser ? (
            <Button
              icon={<LogIn aria-hidden />}
              aria-label={t(identity ? 'signInAgainNamed' : 'signInNamed', { name })}
              onPress={() => signInToAccount(id)}
            >
              {t(identity ? 'signInAgain' : 'signIn')}
            </Button>
          ) : (
            <Button
              icon={<RefreshCw aria-hidden />}
              aria-label={t('testNamed', { name })}
              onPress={() => checkAccount(id)}
            >
              {t('test')}
            </Button>
          )}
          <IconButton label={t('editNamed', { name })} onPress={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t('removeNamed', { name })} onPress={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        </>
      }
    >
      <RowTitle>{name}</RowTitle>
      <RowFacts>{facts.join(' · ')}</RowFacts>
      {identity && <RowFacts isMono>{identity.arn}</RowFacts>}
      {identity && <Expiry identity={identity} />}
      {identity && <OwnCostLine accountId={id} />}
      <div className={styles.places}>
        {identity && (
          <Button
            icon={<Network aria-hidden />}
            aria-label={t('clustersNamed', { name })}
            onPress={() => selectClusters(id)}
          >
            {t('clusters')}
          </Button>
        )}
        {identity && (
          <Button
            icon={<Monitor aria-hidden />}
            aria-label={t('instancesNamed', { name })}
            onPress={() => selectInstances(id)}
          >
            {t('instances')}
          </Button>
        )}
        {identity && (
          <Button
            icon={<ChartLine aria-hidden />}
            aria-label={t('metricsNamed', { name })}
            onPress={() => selectMetrics(id)}
          >
            {t('metrics')}
          </Button>
        )}
        {/* Who may only use S3 may not be allowed to ask who they are. */}
        {signIn.kind !== 'awaitingCode' && signIn.kind !== 'awaitingBrowser' && (
          <Button
            icon={<Database aria-hidden />}
            aria-label={t('bucketsNamed', { name })}
            onPress={() => selectS3(id, null, '')}
          >
            {t('buckets')}
          </Button>
        )}
      </div>
      {signIn.kind === 'awaitingBrowser' && (
        <div className={styles.question} role="status">
          <span>{t('confirmInBrowser')}</span>
          <span className={`${styles.userCode} mono selectable`}>{signIn.userCode}</span>
          <CopyButton label={t('copyAddress')} textOf={() => signIn.url} />
        </div>
      )}
      {signIn.kind === 'failed' && <AwsProblem error={signIn.error} />}
    </Row>
  );
}

function StatusIcon({ kind }: { readonly kind: AwsAccountStatus['signIn']['kind'] }) {
  switch (kind) {
    case 'unknown':
      return <Cloud aria-hidden size={18} />;
    case 'known':
      return <CloudCheck aria-hidden size={18} className={styles.known ?? ''} />;
    case 'failed':
      return <CloudAlert aria-hidden size={18} />;
    default:
      return <Spinner size={18} />;
  }
}

const lookEveryMs = 15_000;

/** Until when what is in use counts, and the warning once it has ended. */
function Expiry({ identity }: { readonly identity: AwsIdentity }) {
  const { t, i18n } = useTranslation('aws');
  const nowMs = useNow(lookEveryMs);
  const { expiresAtMs, signInEndsAtMs } = identity;
  const endMs = signInEndsAtMs ?? expiresAtMs;
  if (endMs === null) return null;
  if (endMs <= nowMs)
    return <RowProblem>{t(signInEndsAtMs === null ? 'expired' : 'signInExpired')}</RowProblem>;
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    endMs,
  );
  return <RowFacts>{t(signInEndsAtMs === null ? 'until' : 'signedInUntil', { time })}</RowFacts>;
}
