import { KeyRound, RefreshCw, UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessList, AuthorizedKeyEntry } from '../../../shared/model/access';
import type { Machine } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Nothing, PageSource } from '../../components/page';
import { ProblemBox } from '../../components/problem-box';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { showFailure } from '../../stores/notices-store';
import { AccessRow } from './access-row';
import { useWarningTexts } from './access-warning';
import { AddKeyDialog } from './add-key-dialog';
import { InstallKeyDialog } from './install-key-dialog';
import { RemoveKeyDialog } from './remove-key-dialog';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'install' }
  | { readonly kind: 'add' }
  | { readonly kind: 'removal'; readonly entry: AuthorizedKeyEntry };

/** Who can log in to a machine, and the ways to let somebody in or out. */
export function AccessSection({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const [list, setList] = useState<AccessList | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const { id: machineId } = machine;
  const close = () => setOpen({ kind: 'none' });
  const finish = (changed: AccessList) => {
    setList(changed);
    close();
  };
  const load = (request: () => Promise<AccessList>) => {
    setIsLoading(true);
    request()
      .then(setList)
      .catch(showFailure)
      .finally(() => setIsLoading(false));
  };
  const show = () => load(() => nuvem.access.list({ machineId }));
  const Icon = list === null ? Users : RefreshCw;
  return (
    <Section
      id="access"
      title={t('access.title')}
      actions={
        <>
          <Button
            variant="quiet"
            icon={isLoading ? <Spinner size={15} /> : <Icon aria-hidden />}
            isDisabled={isLoading}
            onPress={show}
          >
            {t(list === null ? 'access.show' : 'access.refresh')}
          </Button>
          <Button
            variant="quiet"
            icon={<KeyRound aria-hidden />}
            onPress={() => setOpen({ kind: 'install' })}
          >
            {t('access.install')}
          </Button>
          {list !== null && (
            <Button variant="quiet" icon={<UserPlus aria-hidden />} onPress={() => setOpen({ kind: 'add' })}>
              {t('access.add')}
            </Button>
          )}
        </>
      }
    >
      {list === null ? (
        <Nothing>{t('access.explanation')}</Nothing>
      ) : (
        <Known
          list={list}
          isLoading={isLoading}
          onMend={() => load(() => nuvem.access.mend({ machineId }))}
          onRemove={(entry) => setOpen({ kind: 'removal', entry })}
        />
      )}
      {open.kind === 'install' && (
        <InstallKeyDialog
          machine={machine}
          onClose={() => {
            close();
            if (list !== null) show();
          }}
        />
      )}
      {open.kind === 'add' && <AddKeyDialog machine={machine} onClose={close} onAdded={finish} />}
      {open.kind === 'removal' && (
        <RemoveKeyDialog machine={machine} entry={open.entry} onClose={close} onRemoved={finish} />
      )}
    </Section>
  );
}

interface KnownProps {
  readonly list: AccessList;
  readonly isLoading: boolean;
  readonly onMend: () => void;
  readonly onRemove: (entry: AuthorizedKeyEntry) => void;
}

/** The machine's list, after why it may not count. */
function Known({ list, isLoading, onMend, onRemove }: KnownProps) {
  const { t } = useTranslation();
  const warningTexts = useWarningTexts();
  const { warnings, entries, path } = list;
  return (
    <>
      {warnings.map((warning) => (
        <ProblemBox
          key={JSON.stringify(warning)}
          level="warning"
          texts={warningTexts(warning)}
          actions={
            warning.kind === 'openToOthers' && (
              <Button isDisabled={isLoading} onPress={onMend}>
                {t('access.mend')}
              </Button>
            )
          }
        />
      ))}
      {entries.length === 0 ? (
        <Nothing>{t('access.nobody')}</Nothing>
      ) : (
        <RowList>
          {entries.map((entry) => (
            <AccessRow key={entry.id} entry={entry} onRemove={onRemove} />
          ))}
        </RowList>
      )}
      <PageSource path={path} />
    </>
  );
}
