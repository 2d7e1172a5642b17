import { useTranslation } from 'react-i18next';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { Page, PageBack, PageHeader } from '../../components/page';
import { selectAws } from '../../stores/view-store';
import { CodeQuestion } from '../aws/code-dialog';
import { BucketList } from './bucket-list';
import { FolderView } from './folder-view';
import { TransferList } from './transfer-list';

interface S3PageProps {
  readonly account: AwsAccount;
  /** Null: the list of buckets. */
  readonly bucket: string | null;
  readonly folder: string;
}

/** The buckets of an account, or what is in a folder of one, and what goes there or comes from there. */
export function S3Page({ account, bucket, folder }: S3PageProps) {
  const { t } = useTranslation('s3');
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={<PageBack onPress={selectAws}>{t('backTo', { name: account.name })}</PageBack>}
      />
      {bucket === null ? (
        <BucketList accountId={account.id} />
      ) : (
        <FolderView key={`${bucket}/${folder}`} accountId={account.id} bucket={bucket} folder={folder} />
      )}
      <TransferList />
      <CodeQuestion />
    </Page>
  );
}
