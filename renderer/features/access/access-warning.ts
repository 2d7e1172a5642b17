import { useTranslation } from 'react-i18next';
import type { AccessWarning } from '../../../shared/model/access';

/** Says why sshd may not count the list, and what to do. */
export function useWarningTexts(): (warning: AccessWarning) => {
  readonly what: string;
  readonly todo: string;
} {
  const { t } = useTranslation();
  return (warning) => ({
    what: t(`access.warning.${warning.kind}.what`, { ...warning }),
    todo: t(`access.warning.${warning.kind}.todo`, { ...warning }),
  });
}
