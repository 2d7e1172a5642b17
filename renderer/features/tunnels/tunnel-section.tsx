import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import type { Tunnel } from '../../../shared/model/tunnel';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Nothing } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { statusOf, tunnelsOf, tunnelsStore } from '../../stores/tunnels-store';
import { BrowserDoors } from './browser-doors';
import { PortSuggestions } from './port-suggestions';
import { lookForPorts, removeTunnel } from './tunnel-actions';
import { TunnelEditor } from './tunnel-editor';
import { TunnelRow } from './tunnel-row';
import { tunnelTitle } from './tunnel-title';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'editor' /** Null: a new tunnel. */; readonly tunnel: Tunnel | null }
  | { readonly kind: 'removal'; readonly tunnel: Tunnel };

/** The tunnels of a machine, and what else there is to open on it. */
export function TunnelSection({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const snapshot = useStore(tunnelsStore, (all) => tunnelsOf(all, machine.id));
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const close = () => setOpen({ kind: 'none' });
  const { isLooking, ports } = snapshot;
  return (
    <Section
      id="tunnels"
      title={t('tunnel.title')}
      actions={
        <>
          <Button
            variant="quiet"
            icon={isLooking ? <Spinner size={15} /> : <Search aria-hidden />}
            isDisabled={isLooking}
            onPress={() => lookForPorts(machine.id)}
          >
            {t('tunnel.look')}
          </Button>
          <Button
            variant="quiet"
            icon={<Plus aria-hidden />}
            onPress={() => setOpen({ kind: 'editor', tunnel: null })}
          >
            {t('tunnel.add')}
          </Button>
        </>
      }
    >
      {machine.tunnels.length === 0 ? (
        <Nothing>{t('tunnel.none')}</Nothing>
      ) : (
        <RowList>
          {machine.tunnels.map((tunnel) => (
            <TunnelRow
              key={tunnel.id}
              machine={machine}
              tunnel={tunnel}
              {...statusOf(snapshot, tunnel.id)}
              onEdit={() => setOpen({ kind: 'editor', tunnel })}
              onRemove={() => setOpen({ kind: 'removal', tunnel })}
            />
          ))}
        </RowList>
      )}
      <BrowserDoors machineId={machine.id} />
      {ports !== null && <PortSuggestions machineId={machine.id} ports={ports} />}
      {open.kind === 'editor' && <TunnelEditor machineId={machine.id} tunnel={open.tunnel} onClose={close} />}
      {open.kind === 'removal' && (
        <Dialog
          role="alertdialog"
          title={t('tunnel.deleteTitle', { name: tunnelTitle(t, open.tunnel) })}
          onCancel={close}
          buttons={
            <>
              <Button autoFocus onPress={close}>
                {t('common.cancel')}
              </Button>
              <Button
                variant="danger"
                onPress={() => {
                  removeTunnel(machine.id, open.tunnel.id);
                  close();
                }}
              >
                {t('machine.delete')}
              </Button>
            </>
          }
        >
          <p>{t('tunnel.deleteExplanation')}</p>
        </Dialog>
      )}
    </Section>
  );
}
