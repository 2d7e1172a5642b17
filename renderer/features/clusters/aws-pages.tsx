import { useStore } from 'zustand';
import { awsAccountsStore } from '../../stores/aws-accounts-store';
import { viewStore } from '../../stores/view-store';
import { AwsPage } from '../aws/aws-page';
import { InstancesPage } from '../ec2/instances-page';
import { MetricsPage } from '../metrics/metrics-page';
import { S3Page } from '../s3/s3-page';
import { ClustersPage } from './clusters-page';

/** The page of AWS that is chosen: the accounts, or the clusters, instances, metrics or S3 buckets of one of them. */
export function AwsPages() {
  const selected = useStore(viewStore, (view) => view.selected);
  const { accounts } = useStore(awsAccountsStore);
  const chosen =
    selected.kind === 'clusters' ||
    selected.kind === 'instances' ||
    selected.kind === 'metrics' ||
    selected.kind === 's3'
      ? accounts.find(({ account }) => account.id === selected.accountId)
      : undefined;
  if (chosen && selected.kind === 's3')
    return (
      <S3Page
        key={chosen.account.id}
        account={chosen.account}
        bucket={selected.bucket}
        folder={selected.folder}
      />
    );
  if (selected.kind === 'metrics' && (chosen || selected.accountId === null))
    return <MetricsPage key={selected.accountId} account={chosen?.account ?? null} />;
  if (chosen && selected.kind === 'instances')
    return <InstancesPage key={chosen.account.id} account={chosen.account} />;
  return chosen ? <ClustersPage key={chosen.account.id} account={chosen.account} /> : <AwsPage />;
}
