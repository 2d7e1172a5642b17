import { Server } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Row, RowFacts, RowList, RowTitle } from '../../components/row-list';
import { SearchField } from '../../components/search-field';
import { machinesStore } from '../../stores/machines-store';
import { MachineSearch } from '../machine-tree/machine-search';
import { routeText } from '../machines/route-text';
import { InstallKeyDialog } from './install-key-dialog';

interface InstallOnMachineDialogProps {
  /** As the list of keys has it. */
  readonly keyName: string;
  readonly onClose: () => void;
}

/** More than people look through; the others are found by searching. */
const mostShown = 20;

/** Lets one of the user's keys in to a machine, which is chosen first. */
export function InstallOnMachineDialog({ keyName, onClose }: InstallOnMachineDialogProps) {
  const { t } = useTranslation();
  const list = useStore(machinesStore);
  const [search, setSearch] = useState('');
  const [machine, setMachine] = useState<Machine | null>(null);
  const searcher = useMemo(
    () => new MachineSearch({ machines: list.machines.filter(({ isDemo }) => !isDemo), groups: list.groups }),
    [list],
  );
  const found = useMemo(() => searcher.find(search).map((match) => match.machine), [searcher, search]);
  if (machine !== null) return <InstallKeyDialog machine={machine} keyName={keyName} onClose={onClose} />;
  const shown = found.slice(0, mostShown);
  return (
    <Dialog
      title={t('access.installOnTitle', { name: keyName })}
      onCancel={onClose}
      buttons={<Button onPress={onClose}>{t('common.cancel')}</Button>}
    >
      <SearchField
        label={t('machine.search')}
        value={search}
        onChange={setSearch}
        onSubmit={() => shown[0] && setMachine(shown[0])}
      />
      {shown.length === 0 && <p>{t('machine.noMatch')}</p>}
      <RowList label={t('machine.list')}>
        {shown.map((candidate) => (
          <Row
            key={candidate.id}
            icon={<Server aria-hidden size={18} />}
            actions={
              <Button
                aria-label={t('access.installTitle', { machine: candidate.name })}
                onPress={() => setMachine(candidate)}
              >
                {t('access.installNow')}
              </Button>
            }
          >
            <RowTitle>{candidate.name}</RowTitle>
            <RowFacts isMono>{routeText(candidate.route)}</RowFacts>
          </Row>
        ))}
      </RowList>
      {found.length > mostShown && <p>{t('access.moreMachines', { count: found.length - mostShown })}</p>}
    </Dialog>
  );
}
