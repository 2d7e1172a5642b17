import { Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { EmrCluster } from '../../../shared/model/emr-cluster';
import type { EmrTemplate } from '../../../shared/model/emr-template';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { Nothing, Page, PageBack, PageHeader } from '../../components/page';
import { RowList } from '../../components/row-list';
import { SearchField } from '../../components/search-field';
import { Select } from '../../components/select';
import { Spinner } from '../../components/spinner';
import { emrStore } from '../../stores/emr-store';
import { showFailure } from '../../stores/notices-store';
import { selectAws } from '../../stores/view-store';
import { AwsProblem } from '../aws/aws-problem';
import { CodeQuestion } from '../aws/code-dialog';
import { ClustersCostLine } from '../costs/cost-lines';
import { ClusterDialog } from './cluster-dialog';
import { ClusterPage } from './cluster-page';
import { ClusterRow } from './cluster-row';
import { type ClusterFilter, clusterFilters, searchClusters } from './cluster-search';
import styles from './clusters.module.css';
import { TerminateDialog } from './termination/terminate-dialog';

/** More rows than people read; the rest is found by searching, or shown on request. */
const rowsAtOnce = 100;

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'new'; readonly template: EmrTemplate | null }
  | { readonly kind: 'termination'; readonly cluster: EmrCluster };

/** The EMR clusters of an account, watched for as long as the page is there. */
export function ClustersPage({ account }: { readonly account: AwsAccount }) {
  const { t } = useTranslation('clusters');
  const { clusters, accountId, isLoading, isWhole, error, detail } = useStore(emrStore);
  const [shownId, setShownId] = useState<string | null>(null);
  const [isPageOpen, setPageOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<ClusterFilter>('all');
  const [mostRows, setMostRows] = useState(rowsAtOnce);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const { id } = account;
  useEffect(() => {
    nuvem.emr.look({ accountId: id, clusterId: shownId }).catch(showFailure);
  }, [id, shownId]);
  useEffect(() => () => void nuvem.emr.look({ accountId: null, clusterId: null }).catch(showFailure), []);

  const close = () => setOpen({ kind: 'none' });
  const known = accountId === id ? clusters : [];
  const found = searchClusters(known, filter, search);
  const copy = (cluster: EmrCluster) => {
    nuvem.emr
      .templateOf({ accountId: id, clusterId: cluster.id })
      .then((template) => setOpen({ kind: 'new', template }))
      .catch(showFailure);
  };
  const opened = isPageOpen ? known.find((cluster) => cluster.id === shownId) : undefined;
  const dialogs = (
    <>
      {open.kind === 'new' && (
        <ClusterDialog
          account={account}
          template={open.template}
          onClose={close}
          onCreated={(clusterId) => {
            close();
            setPageOpen(false);
            setShownId(clusterId);
          }}
        />
      )}
      {open.kind === 'termination' && (
        <TerminateDialog accountId={id} cluster={open.cluster} onClose={close} />
      )}
      <CodeQuestion />
    </>
  );
  if (opened)
    return (
      <Page>
        {error && <AwsProblem error={error} />}
        <ClusterPage
          accountId={id}
          cluster={opened}
          detail={detail?.clusterId === opened.id ? detail : null}
          onBack={() => setPageOpen(false)}
          onCopy={() => copy(opened)}
          onTerminate={() => setOpen({ kind: 'termination', cluster: opened })}
        />
        {dialogs}
      </Page>
    );
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={<PageBack onPress={selectAws}>{t('backTo', { name: account.name })}</PageBack>}
        actions={
          <>
            <IconButton
              label={t('refresh')}
              isDisabled={isLoading}
              onPress={() => void nuvem.emr.refresh().catch(showFailure)}
            >
              {isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
            </IconButton>
            <Button
              variant="primary"
              icon={<Plus aria-hidden />}
              onPress={() => setOpen({ kind: 'new', template: null })}
            >
              {t('newCluster')}
            </Button>
          </>
        }
      />
      {error && <AwsProblem error={error} />}
      {known.length > 0 && (
        <div className={styles.tools}>
          <SearchField label={t('search')} value={search} onChange={setSearch} onSubmit={() => undefined} />
          <Select
            label={t('show')}
            value={filter}
            onChange={setFilter}
            options={clusterFilters.map((value) => ({ value, text: t(`filter.${value}`) }))}
          />
        </div>
      )}
      <ClustersCostLine accountId={id} />
      {isWhole && known.length === 0 && <Nothing>{t('none')}</Nothing>}
      {known.length > 0 && found.length === 0 && <Nothing>{t('noMatch')}</Nothing>}
      <RowList label={t('title')}>
        {found.slice(0, mostRows).map((cluster) => (
          <ClusterRow
            key={cluster.id}
            cluster={cluster}
            isShown={cluster.id === shownId}
            detail={detail?.clusterId === cluster.id ? detail : null}
            onShow={() => setShownId(cluster.id === shownId ? null : cluster.id)}
            onOpen={() => {
              setShownId(cluster.id);
              setPageOpen(true);
            }}
            onCopy={() => copy(cluster)}
            onTerminate={() => setOpen({ kind: 'termination', cluster })}
          />
        ))}
      </RowList>
      {found.length > mostRows && (
        <div>
          <Button onPress={() => setMostRows(mostRows + rowsAtOnce)}>
            {t('more', { count: found.length - mostRows })}
          </Button>
        </div>
      )}
      {dialogs}
    </Page>
  );
}
