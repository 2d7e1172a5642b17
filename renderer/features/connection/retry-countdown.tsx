import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/use-now';

const tickMs = 250;

/** Counts down to the next retry; `timer` is a role that is not read aloud at every tick. */
export function RetryCountdown({ nextTryAtMs }: { readonly nextTryAtMs: number }) {
  const { t } = useTranslation();
  const nowMs = useNow(tickMs);
  const seconds = Math.max(0, Math.ceil((nextTryAtMs - nowMs) / 1000));
  return <span role="timer">{t('status.nextTry', { seconds })}</span>;
}
