import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { openShortcuts } from '../../stores/view-store';

/** The way from the settings to the shortcuts, which need more room. */
export function ShortcutsEntry() {
  const { t } = useTranslation('actions');
  return (
    <div>
      <Button onPress={openShortcuts}>{t('action.shortcuts')}</Button>
    </div>
  );
}
