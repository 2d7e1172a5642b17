import { useStore } from 'zustand';
import { awsAccountsStore } from '../../stores/aws-accounts-store';
import { viewStore } from '../../stores/view-store';
import { AwsPage } from '../aws/aws-page';
import { ClustersPage } from './clusters-page';

/** The page of AWS that is chosen: the accounts, or the clusters of one of them. */
export function AwsPages() {
  const selected = useStore(viewStore, (view) => view.selected);
  const { accounts } = useStore(awsAccountsStore);
  const chosen =
    selected.kind === 'clusters'
      ? accounts.find(({ account }) => account.id === selected.accountId)
      : undefined;
  return chosen ? <ClustersPage key={chosen.account.id} account={chosen.account} /> : <AwsPage />;
}
