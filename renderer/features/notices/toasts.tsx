import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { noticesStore } from '../../stores/notices-store';
import { ToastCard } from './toast-card';
import styles from './toasts.module.css';

/** The cards in the corner, the newest at the bottom. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useStore(noticesStore);
  return (
    <section aria-label={t('notices.region')} aria-live="polite" className={styles.toasts}>
      {toasts.map((toast) => (
        <ToastCard key={toast.toastId} toast={toast} />
      ))}
    </section>
  );
}
