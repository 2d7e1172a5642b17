import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/model/app';
import { errorTexts } from '../../i18n/error-texts';
import type { Toast } from '../../stores/notices-store';

interface ToastText {
  readonly text: string;
  readonly todo?: string;
  readonly level: Notice['level'];
}

/** What a card says. */
export function useToastText(toast: Toast): ToastText {
  const { t } = useTranslation();
  switch (toast.kind) {
    case 'notice':
      return { text: t(`notices.${toast.notice.code}`, toast.notice.params), level: toast.notice.level };
    case 'machinesRemoved': {
      const { machineIds, name, wasSaved } = toast;
      if (machineIds.length > 1)
        return { text: t('notices.machinesRemoved', { count: machineIds.length }), level: 'info' };
      const text = t(wasSaved ? 'notices.machineRemoved' : 'notices.machineDiscarded', { name });
      return { text, level: 'info' };
    }
    case 'groupRemoved':
      return { text: t('notices.groupRemoved', { name: toast.name }), level: 'info' };
    case 'failure': {
      const { what, todo } = errorTexts(t, toast.report);
      return { text: what, todo, level: 'error' };
    }
  }
}
