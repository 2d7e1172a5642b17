import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { Ec2Instance, InstanceOrder } from '../../../shared/model/ec2';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { Nothing, Page, PageBack, PageHeader } from '../../components/page';
import { RowList } from '../../components/row-list';
import { SearchField } from '../../components/search-field';
import { Select } from '../../components/select';
import { Spinner } from '../../components/spinner';
import { ec2Store } from '../../stores/ec2-store';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { openMachineEditorFor, selectAws, selectMachine } from '../../stores/view-store';
import { AwsProblem } from '../aws/aws-problem';
import { CodeQuestion } from '../aws/code-dialog';
import { RunningCostLine } from './cost-line';
import styles from './ec2.module.css';
import { InstanceRow } from './instance-row';
import { type InstanceFilter, instanceFilters, labelOf, searchInstances } from './instance-search';
import { OrderDialog } from './order-dialog';

/** More rows than people read; the rest is found by searching, or shown on request. */
const rowsAtOnce = 100;

interface Question {
  readonly instance: Ec2Instance;
  readonly order: InstanceOrder;
}

/** The EC2 instances of an account, watched for as long as the page is there. */
export function InstancesPage({ account }: { readonly account: AwsAccount }) {
  const { t } = useTranslation('ec2');
  const { instances, prices, accountId, isLoading, isWhole, error } = useStore(ec2Store);
  const machines = useStore(machinesStore, (list) => list.machines);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<InstanceFilter>('all');
  const [mostRows, setMostRows] = useState(rowsAtOnce);
  const [question, setQuestion] = useState<Question | null>(null);
  const { id } = account;
  useEffect(() => {
    nuvem.ec2.look({ accountId: id }).catch(showFailure);
    return () => void nuvem.ec2.look({ accountId: null }).catch(showFailure);
  }, [id]);

  const known = accountId === id ? instances : [];
  const found = searchInstances(known, filter, search);
  const add = (instance: Ec2Instance) =>
    openMachineEditorFor({
      name: labelOf(instance),
      instance: {
        accountId: id,
        instanceId: instance.id,
        address: instance.publicAddress === '' && instance.state === 'running' ? 'private' : 'public',
        ifStopped: 'ask',
        sessionManager: 'never',
        pushesKey: false,
      },
    });
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={<PageBack onPress={selectAws}>{t('backTo', { name: account.name })}</PageBack>}
        actions={
          <IconButton
            label={t('refresh')}
            isDisabled={isLoading}
            onPress={() => void nuvem.ec2.refresh().catch(showFailure)}
          >
            {isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
          </IconButton>
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
            options={instanceFilters.map((value) => ({ value, text: t(`filter.${value}`) }))}
          />
        </div>
      )}
      <RunningCostLine instances={known} prices={prices} />
      {isWhole && known.length === 0 && <Nothing>{t('none')}</Nothing>}
      {known.length > 0 && found.length === 0 && <Nothing>{t('noMatch')}</Nothing>}
      <RowList label={t('title')}>
        {found.slice(0, mostRows).map((instance) => (
          <InstanceRow
            key={instance.id}
            instance={instance}
            prices={prices}
            machine={machines.find((machine) => machine.instance?.instanceId === instance.id)}
            onOrder={(order) => setQuestion({ instance, order })}
            onOpen={(machine) => selectMachine(machine.id)}
            onAdd={() => add(instance)}
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
      {question && <OrderDialog {...question} accountId={id} onClose={() => setQuestion(null)} />}
      <CodeQuestion />
    </Page>
  );
}
