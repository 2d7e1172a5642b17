import { NotebookText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { NotebookServer } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { addressText, isPort } from '../../i18n/address-text';
import { IdleLine } from '../idle/idle-line';
import { openServer } from './notebook-actions';
import { SignInDialog } from './sign-in-dialog';

interface ServerRowProps {
  readonly machineId: MachineId;
  readonly server: NotebookServer;
  readonly isStopping: boolean;
  readonly isDisabled: boolean;
  readonly onStop: () => void;
}

/** One running notebook server: what, where, since when, and what can be done with it. */
export function ServerRow({ machineId, server, isStopping, isDisabled, onStop }: ServerRowProps) {
  const { t, i18n } = useTranslation();
  const [isSigningIn, setIsSigningIn] = useState(false);
  const {
    startedAtMs,
    version,
    address,
    origin,
    canOpen,
    asks,
    keeping,
    image,
    detachedBy,
    whyNotSystemd,
    job,
  } = server;
  const since =
    startedAtMs === null
      ? null
      : new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
          startedAtMs,
        );
  const facts = [
    image && t('image.inContainer', { image, engine: detachedBy === 'podman' ? 'Podman' : 'Docker' }),
    job && t('inJob', { ns: 'slurm', ...job }),
    t(`notebook.origin.${origin}`),
    since && t('notebook.since', { time: since }),
    version && t('notebook.serverVersion', { version }),
    isPort(address) && addressText(t, address),
    (detachedBy === 'systemd' || detachedBy === 'tmux' || detachedBy === 'setsid') &&
      t('notebook.keptBy', { way: detachedBy }),
    (detachedBy === 'service' || detachedBy === 'systemService') && t(`notebook.keptByService.${detachedBy}`),
  ].filter(Boolean);
  return (
    <Row
      icon={<NotebookText aria-hidden size={18} />}
      actions={
        <>
          <Button
            isDisabled={isDisabled}
            onPress={() => (canOpen ? openServer(machineId, server.id) : setIsSigningIn(true))}
          >
            {t(canOpen ? 'notebook.open' : 'notebook.signIn.button')}
          </Button>
          <Button
            variant="quiet"
            isDisabled={isDisabled}
            onPress={onStop}
            {...(isStopping ? { icon: <Spinner size={15} /> } : {})}
          >
            {isStopping ? t('notebook.stopping') : t('notebook.stop')}
          </Button>
        </>
      }
    >
      <RowTitle>
        <span>{t(`notebook.interface.${server.interface}`)}</span>
        <span className="mono selectable">{server.folder}</span>
      </RowTitle>
      <RowFacts>{facts.join(' · ')}</RowFacts>
      {whyNotSystemd && <RowFacts>{t(`notebook.whyNotSystemd.${whyNotSystemd}`)}</RowFacts>}
      {keeping.kind === 'kept' && (
        <RowFacts>{t(keeping.isRestored ? 'notebook.keeping.restored' : 'notebook.keeping.kept')}</RowFacts>
      )}
      {keeping.kind === 'cannot' && <RowFacts>{t(`notebook.keeping.cannot.${keeping.why}`)}</RowFacts>}
      <IdleLine machineId={machineId} server={server} />
      {asks && <RowFacts>{t(`notebook.signIn.asks.${asks.what}`)}</RowFacts>}
      {isSigningIn && (
        <SignInDialog machineId={machineId} server={server} onClose={() => setIsSigningIn(false)} />
      )}
    </Row>
  );
}
