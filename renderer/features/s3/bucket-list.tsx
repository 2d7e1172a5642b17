import { ArrowRight, Database, RefreshCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { readS3Address } from '../../../shared/model/s3-address';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { Nothing } from '../../components/page';
import { Row, RowFacts, RowList, RowTitle } from '../../components/row-list';
import { SearchField } from '../../components/search-field';
import { Spinner } from '../../components/spinner';
import { selectS3 } from '../../stores/view-store';
import { AwsProblem } from '../aws/aws-problem';
import styles from './s3.module.css';
import { usePages } from './use-pages';

/** More rows than people read; the rest is found by searching, or shown on request. */
const rowsAtOnce = 100;

/** The buckets of an account. Who may not list them can still name one. */
export function BucketList({ accountId }: { readonly accountId: AwsAccountId }) {
  const { t, i18n } = useTranslation('s3');
  const [search, setSearch] = useState('');
  const [mostRows, setMostRows] = useState(rowsAtOnce);
  const load = useCallback(
    async (cursor: string | null) => {
      const page = await nuvem.s3.buckets({ accountId, cursor });
      return { items: page.buckets, cursor: page.cursor };
    },
    [accountId],
  );
  const { items, isLoading, isWhole, error, loadMore, refresh } = usePages(load);
  const address = readS3Address(search);
  const found = items.filter(({ name }) => name.includes(address?.bucket ?? search.trim()));
  const isElsewhere = address !== null && (/:\/\//.test(search) || found.length === 0);
  const open = () => address && selectS3(accountId, address.bucket, address.folder);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' });
  return (
    <>
      <div className={styles.tools}>
        <SearchField
          label={t('searchBuckets')}
          placeholder={t('searchBucketsHint')}
          value={search}
          onChange={setSearch}
          onSubmit={() => void open()}
        />
        <IconButton label={t('refresh')} isDisabled={isLoading} onPress={refresh}>
          {isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
        </IconButton>
      </div>
      {error && <AwsProblem error={error} />}
      {error?.code === 'aws-denied' && <Nothing>{t('nameBucket')}</Nothing>}
      {isWhole && items.length === 0 && <Nothing>{t('noBuckets')}</Nothing>}
      {isElsewhere && (
        <div>
          <Button icon={<ArrowRight aria-hidden />} onPress={() => void open()}>
            {t('open', { address: `s3://${address.bucket}/${address.folder}` })}
          </Button>
        </div>
      )}
      <RowList label={t('buckets')}>
        {found.slice(0, mostRows).map(({ name, region, createdAtMs }) => (
          <Row
            key={name}
            icon={<Database aria-hidden size={18} />}
            actions={
              <Button aria-label={t('openBucket', { name })} onPress={() => selectS3(accountId, name, '')}>
                {t('openShort')}
              </Button>
            }
          >
            <RowTitle>{name}</RowTitle>
            <RowFacts>
              {[region, createdAtMs !== null && t('created', { date: date.format(createdAtMs) })]
                .filter(Boolean)
                .join(' · ')}
            </RowFacts>
          </Row>
        ))}
      </RowList>
      {(found.length > mostRows || (!isWhole && items.length > 0)) && (
        <div>
          <Button
            isDisabled={isLoading}
            onPress={() => {
              setMostRows(mostRows + rowsAtOnce);
              loadMore();
            }}
          >
            {t('moreBuckets')}
          </Button>
        </div>
      )}
    </>
  );
}
