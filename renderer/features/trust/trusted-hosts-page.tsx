import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TrustedHost, TrustedHostList } from '../../../shared/model/trusted-host';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Nothing, Page, PageHeader, PageSource } from '../../components/page';
import { RowList } from '../../components/row-list';
import { SearchField } from '../../components/search-field';
import { Spinner } from '../../components/spinner';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { TrustedHostRow } from './trusted-host-row';
import { searchTrustedHosts } from './trusted-host-search';

/** The hosts in the user's known_hosts file, and the way to forget one. */
export function TrustedHostsPage() {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const [list, setList] = useState<TrustedHostList | null>(null);
  const [search, setSearch] = useState('');
  const [leaving, setLeaving] = useState<TrustedHost | null>(null);
  useEffect(() => {
    nuvem.trust.list().then(setList).catch(showFailure);
  }, []);

  const forget = ({ id }: TrustedHost) => {
    setLeaving(null);
    nuvem.trust
      .forget({ ids: [id] })
      .then(setList)
      .catch(showFailure);
  };
  const found = list === null ? [] : searchTrustedHosts(list.hosts, machines, search);
  return (
    <Page>
      <PageHeader title={t('trust.title')} about={t('trust.explanation')} />
      {list === null ? (
        <Spinner />
      ) : list.hosts.length === 0 ? (
        <Nothing>{t('trust.empty')}</Nothing>
      ) : (
        <>
          <SearchField
            label={t('trust.search')}
            value={search}
            onChange={setSearch}
            onSubmit={() => undefined}
          />
          {found.length === 0 && <Nothing>{t('trust.noMatch')}</Nothing>}
          <RowList label={t('trust.title')}>
            {found.map((host) => (
              <TrustedHostRow
                key={host.id}
                host={host}
                machines={machines}
                onForget={() => setLeaving(host)}
              />
            ))}
          </RowList>
        </>
      )}
      {list && <PageSource path={list.path} />}
      {leaving && (
        <Dialog
          title={t('trust.forgetTitle', { host: leaving.names.join(', ') || t('trust.hashed') })}
          role="alertdialog"
          onCancel={() => setLeaving(null)}
          buttons={
            <>
              <Button autoFocus onPress={() => setLeaving(null)}>
                {t('common.cancel')}
              </Button>
              <Button variant="danger" onPress={() => forget(leaving)}>
                {t('trust.forget')}
              </Button>
            </>
          }
        >
          <p>{t('trust.forgetExplanation')}</p>
        </Dialog>
      )}
    </Page>
  );
}
