import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { openExposedTunnels } from '../../stores/view-store';
import { exposedTunnels } from './exposed-tunnels';

/** Says that there are tunnels that other computers can use, and leads to them. */
export function ExposedBadge({ machines }: { readonly machines: readonly Machine[] }) {
  const { t } = useTranslation();
  const number = exposedTunnels(machines).length;
  if (number === 0) return null;
  return (
    <Button variant="quiet" icon={<TriangleAlert aria-hidden />} onPress={openExposedTunnels}>
      {t('tunnel.exposedBadge', { number })}
    </Button>
  );
}
