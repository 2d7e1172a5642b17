import { CircleAlert } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { DemoState } from '../../../shared/model/demo';
import { Spinner } from '../../components/spinner';
import { selectDemo } from '../../stores/view-store';
import styles from './demo-page.module.css';

/** The way back to the demo's progress, or its failure, for who looks at something else meanwhile. */
export function DemoBadge({ state }: { readonly state: DemoState }) {
  const { t } = useTranslation();
  if (state.kind !== 'preparing' && state.kind !== 'failed') return null;
  return (
    <Button className={styles.badge ?? ''} onPress={selectDemo}>
      {state.kind === 'preparing' ? <Spinner /> : <CircleAlert aria-hidden size={16} />}
      {t(`demo.badge.${state.kind}`)}
    </Button>
  );
}
