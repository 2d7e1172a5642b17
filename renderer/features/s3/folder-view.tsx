import { Download, Eye, FolderUp, Link, RefreshCw, Trash2, Upload } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { type S3Entry, s3FolderOf, s3NameOf } from '../../../shared/model/s3';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { Nothing } from '../../components/page';
import { SearchField } from '../../components/search-field';
import { Spinner } from '../../components/spinner';
import { showFailure } from '../../stores/notices-store';
import { s3TransfersStore } from '../../stores/s3-transfers-store';
import { selectS3 } from '../../stores/view-store';
import { AwsProblem } from '../aws/aws-problem';
import { Breadcrumbs } from './breadcrumbs';
import { DeleteDialog } from './delete-dialog';
import { DropPlace } from './drop-place';
import { EntryTable } from './entry-table';
import { LinkDialog } from './link-dialog';
import { PreviewDialog } from './preview-dialog';
import { ReplaceDialog } from './replace-dialog';
import styles from './s3.module.css';
import { usePages } from './use-pages';

interface FolderViewProps {
  readonly accountId: AwsAccountId;
  readonly bucket: string;
  readonly folder: string;
}

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'deletion'; readonly keys: readonly string[] }
  | { readonly kind: 'link' | 'preview'; readonly key: string }
  | { readonly kind: 'replacement'; readonly paths: readonly string[]; readonly error: AppError };

const typingPauseMs = 300;

/** What is in a folder of a bucket, and all that can be done with it. */
export function FolderView({ accountId, bucket, folder }: FolderViewProps) {
  const { t } = useTranslation('s3');
  const [typed, setTyped] = useState('');
  const nameStart = useSettled(typed);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const load = useCallback(
    async (cursor: string | null) => {
      const page = await nuvem.s3.list({ accountId, bucket, folder, nameStart, cursor });
      return { items: page.entries, cursor: page.cursor };
    },
    [accountId, bucket, folder, nameStart],
  );
  const { items, isLoading, isWhole, error, loadMore, refresh } = usePages(load);
  useEffect(() => setSelected(new Set(folder === '' ? [] : [])), [folder]);
  useRefreshAfterUploads(bucket, folder, refresh);

  const close = () => setOpen({ kind: 'none' });
  const go = (to: string) => selectS3(accountId, bucket, to);
  const keys = [...selected];
  const [only] = keys;
  const isOneObject = keys.length === 1 && only !== undefined && !only.endsWith('/');
  const show = (entry: S3Entry) =>
    entry.kind === 'folder' ? go(entry.key) : setOpen({ kind: 'preview', key: entry.key });
  const upload = (paths: readonly string[], replaces: boolean) => {
    nuvem.s3.upload({ accountId, bucket, folder, paths, replaces }).catch((thrown: unknown) => {
      const failure = AppError.from(thrown);
      if (failure.code === 's3-would-replace') setOpen({ kind: 'replacement', paths, error: failure });
      else showFailure(failure);
    });
  };
  const choose = (kind: 'files' | 'folder') => {
    nuvem.s3
      .chooseUpload({ kind })
      .then((paths) => paths && upload(paths, false))
      .catch(showFailure);
  };
  const download = (which: readonly string[]) =>
    void nuvem.s3.download({ accountId, bucket, folder, keys: which }).catch(showFailure);
  return (
    <DropPlace
      label={t('dropHere', { folder: folder === '' ? bucket : s3NameOf(folder) })}
      onDrop={(paths) => upload(paths, false)}
    >
      <Breadcrumbs
        bucket={bucket}
        folder={folder}
        onBuckets={() => selectS3(accountId, null, '')}
        onGo={go}
      />
      <div className={styles.tools}>
        <SearchField label={t('filter')} value={typed} onChange={setTyped} onSubmit={() => undefined} />
        <div className={styles.actions}>
          <IconButton label={t('refresh')} isDisabled={isLoading} onPress={refresh}>
            {isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
          </IconButton>
          <IconButton
            label={t('preview')}
            isDisabled={!isOneObject}
            onPress={() => only !== undefined && setOpen({ kind: 'preview', key: only })}
          >
            <Eye aria-hidden />
          </IconButton>
          <IconButton
            label={t('link')}
            isDisabled={!isOneObject}
            onPress={() => only !== undefined && setOpen({ kind: 'link', key: only })}
          >
            <Link aria-hidden />
          </IconButton>
          <IconButton
            label={t('delete')}
            isDisabled={keys.length === 0}
            onPress={() => setOpen({ kind: 'deletion', keys })}
          >
            <Trash2 aria-hidden />
          </IconButton>
          <Button
            icon={<Download aria-hidden />}
            isDisabled={keys.length === 0}
            onPress={() => download(keys)}
          >
            {t('download')}
          </Button>
          <IconButton label={t('uploadFolder')} onPress={() => choose('folder')}>
            <FolderUp aria-hidden />
          </IconButton>
          <Button variant="primary" icon={<Upload aria-hidden />} onPress={() => choose('files')}>
            {t('upload')}
          </Button>
        </div>
      </div>
      {error && <AwsProblem error={error} actions={<Button onPress={refresh}>{t('retry')}</Button>} />}
      {isWhole && items.length === 0 && <Nothing>{t(nameStart === '' ? 'empty' : 'noMatch')}</Nothing>}
      {items.length > 0 && (
        <EntryTable
          key={nameStart}
          entries={items}
          selected={selected}
          isWhole={isWhole}
          onSelect={setSelected}
          onOpen={show}
          onUp={() => (folder === '' ? selectS3(accountId, null, '') : go(s3FolderOf(folder)))}
          onDelete={() => keys.length > 0 && setOpen({ kind: 'deletion', keys })}
          onEnd={loadMore}
        />
      )}
      {open.kind === 'deletion' && (
        <DeleteDialog
          {...{ accountId, bucket, keys: open.keys }}
          onClose={close}
          onDeleted={() => {
            close();
            setSelected(new Set());
            refresh();
          }}
        />
      )}
      {open.kind === 'link' && <LinkDialog {...{ accountId, bucket, objectKey: open.key }} onClose={close} />}
      {open.kind === 'preview' && (
        <PreviewDialog
          {...{ accountId, bucket, objectKey: open.key }}
          onClose={close}
          onDownload={() => {
            close();
            download([open.key]);
          }}
        />
      )}
      {open.kind === 'replacement' && (
        <ReplaceDialog
          error={open.error}
          onClose={close}
          onReplace={() => {
            close();
            upload(open.paths, true);
          }}
        />
      )}
    </DropPlace>
  );
}

/** What was typed, once nothing more is: not every letter is worth a request. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), typed === '' ? 0 : typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

/** Looks again when an upload into the folder has finished. */
function useRefreshAfterUploads(bucket: string, folder: string, refresh: () => void): void {
  const finished = useStore(
    s3TransfersStore,
    ({ transfers }) =>
      transfers.filter(
        (transfer) =>
          transfer.direction === 'upload' &&
          transfer.state.kind === 'finished' &&
          transfer.bucket === bucket &&
          transfer.folder === folder,
      ).length,
  );
  const place = `${bucket}/${folder}`;
  const seen = useRef({ place, finished });
  useEffect(() => {
    const isMore = seen.current.place === place && finished > seen.current.finished;
    seen.current = { place, finished };
    if (isMore) refresh();
  });
}
