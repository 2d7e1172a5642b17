import type { TFunction } from 'i18next';
import { endText, type Tunnel } from '../../../shared/model/tunnel';

/** A tunnel's name, or what it leads to. */
export function tunnelTitle(t: TFunction, { name, forward }: Tunnel): string {
  if (name !== '') return name;
  return forward.kind === 'dynamic' ? t('tunnel.kinds.dynamic') : endText(forward.target);
}

/** Both ends, in the direction in which clients go. */
export function waysText(t: TFunction, { forward }: Pick<Tunnel, 'forward'>): string {
  const listen = endText(forward.listen);
  switch (forward.kind) {
    case 'local':
      return t('tunnel.ways.local', { listen, target: endText(forward.target) });
    case 'remote':
      return t('tunnel.ways.remote', { listen, target: endText(forward.target) });
    case 'dynamic':
      return t('tunnel.ways.dynamic', { listen });
  }
}
