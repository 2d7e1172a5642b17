import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { dismissToast, type Toast } from '../../stores/notices-store';
import { restoreGroup, restoreMachines } from '../machines/machine-actions';
import { installUpdate } from '../updates/update-actions';
import { keepNoticedServer, openNoticedNotebook, proposeJupytext } from './notice-actions';
import { useToastText } from './toast-text';
import styles from './toasts.module.css';

const briefMs = 8_000;
/** For a card that offers something to do. */
const longMs = 30_000;

/** One card; it leaves by itself, but not under the pointer or the focus, and an error never does. */
export function ToastCard({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const [isHeld, setIsHeld] = useState(false);
  const { text, todo, level } = useToastText(toast);
  const action = actionOf(toast);
  const staysMs = level === 'error' ? null : action ? longMs : briefMs;
  const { toastId } = toast;

  useEffect(() => {
    if (isHeld || staysMs === null) return;
    const timer = setTimeout(() => dismissToast(toastId), staysMs);
    return () => clearTimeout(timer);
  }, [isHeld, staysMs, toastId]);

  const Icon = level === 'error' ? CircleAlert : level === 'warning' ? TriangleAlert : Info;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding the card is a comfort, no control.
    <div
      className={`${styles.card} ${styles[level]}`}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Icon aria-hidden size={16} />
      <div className={styles.text}>
        <p className="selectable">{text}</p>
        {todo && <p className={`${styles.todo} selectable`}>{todo}</p>}
      </div>
      {action && (
        <Button
          onPress={() => {
            action.run();
            dismissToast(toastId);
          }}
        >
          {t(action.text)}
        </Button>
      )}
      <IconButton label={t('notices.dismiss')} onPress={() => dismissToast(toastId)}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function actionOf(toast: Toast) {
  if (toast.kind === 'machinesRemoved') {
    return { text: 'notices.undo', run: () => restoreMachines(toast.machineIds) } as const;
  }
  if (toast.kind === 'groupRemoved') {
    return { text: 'notices.undo', run: () => restoreGroup(toast.groupId) } as const;
  }
  if (
    toast.kind === 'notice' &&
    (toast.notice.code === 'running-notebook-found' || toast.notice.code === 'slurm-notebook-ready')
  ) {
    return { text: 'notebook.open', run: () => openNoticedNotebook(toast.notice.params) } as const;
  }
  if (toast.kind === 'notice' && toast.notice.code === 'update-found') {
    return { text: 'updates.install', run: installUpdate } as const;
  }
  if (toast.kind === 'notice' && toast.notice.code === 'jupytext-offered') {
    return { text: 'notices.addJupytext', run: () => proposeJupytext(toast.notice.params) } as const;
  }
  if (toast.kind === 'notice' && 'keepText' in toast.notice.params) {
    return { text: 'idle.keep', run: () => keepNoticedServer(toast.notice.params) } as const;
  }
  if (
    toast.kind === 'notice' &&
    toast.notice.code === 'told-in-window' &&
    'serverId' in toast.notice.params
  ) {
    return { text: 'notebook.open', run: () => openNoticedNotebook(toast.notice.params) } as const;
  }
  return null;
}
