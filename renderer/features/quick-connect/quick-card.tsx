import type { TFunction } from 'i18next';
import { Plug } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Identity, Jump } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Select } from '../../components/select';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { forwardText } from '../machines/forward-label';
import { proxyText, routeText } from '../machines/route-text';
import styles from './quick-connect.module.css';
import type { QuickTarget } from './quick-target';

interface QuickCardProps {
  readonly target: QuickTarget;
  /** Enter does something else: only the way to this server is offered. */
  readonly isShort: boolean;
  readonly signIns: readonly Identity[];
  readonly onSignIn: (identity: Identity) => void;
  readonly onConnect: () => void;
}

/** What was understood of a typed server, and the button that connects to it. */
export function QuickCard({ target, isShort, signIns, onSignIn, onConnect }: QuickCardProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const { draft, forwards, hasKey, ignored, userFrom } = target;
  const { route, identity } = draft;
  const address = routeText(route);
  if (isShort)
    return (
      <Button variant="quiet" icon={<Plug aria-hidden />} onPress={onConnect}>
        {t('quickConnect.without')}
      </Button>
    );
  const user = route.user;
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <p id={titleId} role="status" className={`${styles.address} mono selectable`}>
        {address}
      </p>
      {userFrom === 'computer' && <p>{t('quickConnect.userOfComputer', { user })}</p>}
      {userFrom === 'defaults' && <p>{t('quickConnect.userOfDefaults', { user })}</p>}
      <Way target={target} />
      {hasKey && identity.kind === 'keyFile' && (
        <p>
          {t('editor.keyPath')}: <span className="mono">{identity.path}</span>
        </p>
      )}
      {forwards.length > 0 && (
        <p>{t('quickConnect.tunnels', { tunnels: forwards.map(forwardText).join(', ') })}</p>
      )}
      {ignored.length > 0 && <p>{t('editor.quickFillIgnored', { options: ignored.join(', ') })}</p>}
      {!hasKey && signIns.length > 1 && (
        <div className={styles.signIn}>
          <Select
            label={t('editor.identity')}
            value={String(Math.max(0, signIns.findIndex(isLike(identity))))}
            options={signIns.map((signIn, index) => ({ value: String(index), text: signInText(t, signIn) }))}
            onChange={(index) => {
              const signIn = signIns[Number(index)];
              if (signIn) onSignIn(signIn);
            }}
          />
        </div>
      )}
      <p className={styles.muted}>{t('unsaved.until')}</p>
      <Button variant="primary" icon={<Plug aria-hidden />} onPress={onConnect}>
        {t('connection.connect')}
      </Button>
    </section>
  );
}

/** What is passed on the way, nearest first. */
function Way({ target: { draft } }: { readonly target: QuickTarget }) {
  const { t } = useTranslation();
  const list = useStore(machinesStore);
  const { jumps, proxy } = draft.route;
  const nameOf = (jump: Jump): string =>
    jump.kind === 'inline' ? routeText(jump) : (findMachine(list, jump.machineId)?.name ?? '');
  const servers = [...(proxy === null ? [] : [proxyText(proxy)]), ...jumps.map(nameOf)];
  return servers.length > 0 && <p>{t('quickConnect.over', { servers: servers.join(' → ') })}</p>;
}

const isLike =
  (identity: Identity) =>
  (other: Identity): boolean =>
    JSON.stringify(other) === JSON.stringify(identity);

function signInText(t: TFunction, identity: Identity): string {
  return identity.kind === 'keyFile' ? identity.path : t(`identity.${identity.kind}`);
}
