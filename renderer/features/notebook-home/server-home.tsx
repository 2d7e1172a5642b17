import { FileSearch, Plus, RefreshCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import type { ServerKernels } from '../../../shared/model/kernel';
import type { KernelUse } from '../../../shared/model/meter';
import type { NotebookServer } from '../../../shared/model/notebook';
import type { ServerFiles } from '../../../shared/model/server-files';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { OpenMenu } from '../../components/menu';
import { Nothing } from '../../components/page';
import { errorTexts } from '../../i18n/error-texts';
import { openedNotebooksStore } from '../../stores/opened-notebooks-store';
import styles from './home.module.css';
import { createNotebook, type OfServer } from './home-actions';
import { KernelTable } from './kernel-table';
import { OpenPathDialog } from './open-path-dialog';
import { openedBelow } from './opened-below';
import { OpenedList } from './opened-list';
import { RecentList } from './recent-list';

interface ServerHomeProps {
  readonly of: OfServer;
  readonly server: NotebookServer;
  /** Undefined: nobody has asked yet. */
  readonly known: ServerKernels | undefined;
  readonly measured: readonly KernelUse[];
  readonly isConnected: boolean;
}

type Files =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly files: ServerFiles }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What runs on a server and what there is to open on it. */
export function ServerHome({ of, server, known, measured, isConnected }: ServerHomeProps) {
  const { t } = useTranslation();
  const [files, setFiles] = useState<Files>({ kind: 'looking' });
  const [looks, setLooks] = useState(0);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isPathAsked, setIsPathAsked] = useState(false);
  const menuRef = useRef<HTMLSpanElement>(null);
  const kernelCount = known?.kernels.length ?? 0;
  const { machineId, serverId } = of;

  // biome-ignore lint/correctness/useExhaustiveDependencies: with a kernel more or less, files have changed, too.
  useEffect(() => {
    if (!isConnected) return;
    let isOutdated = false;
    const take = (found: Files) => {
      if (!isOutdated) setFiles(found);
    };
    nuvem.notebookHome.look({ machineId, serverId }).then(
      (found) => take({ kind: 'found', files: found }),
      (error: unknown) => take({ kind: 'failed', error: AppError.from(error) }),
    );
    return () => {
      isOutdated = true;
    };
  }, [machineId, serverId, isConnected, kernelCount, looks]);

  const opened = openedBelow(
    useStore(openedNotebooksStore, ({ notebooks }) => notebooks),
    machineId,
    server.folder,
  );
  const changed =
    files.kind === 'found'
      ? files.files.recent.filter(({ path }) => !opened.some(({ below }) => below === path))
      : [];
  const specs = files.kind === 'found' ? files.files.specs : [];
  return (
    <div className={styles.server}>
      <div className={styles.header}>
        <h3 className="mono selectable">{server.folder}</h3>
        <div className={styles.tools}>
          <span ref={menuRef}>
            <Button
              variant="quiet"
              icon={<Plus aria-hidden />}
              aria-haspopup="menu"
              isDisabled={!isConnected || specs.length === 0}
              onPress={() => setIsMenuOpen(true)}
            >
              {t('home.newNotebook')}
            </Button>
          </span>
          <Button
            variant="quiet"
            icon={<FileSearch aria-hidden />}
            isDisabled={!isConnected}
            onPress={() => setIsPathAsked(true)}
          >
            {t('home.openPath')}
          </Button>
          <IconButton
            label={t('home.lookAgain')}
            isDisabled={!isConnected}
            onPress={() => setLooks((before) => before + 1)}
          >
            <RefreshCw aria-hidden />
          </IconButton>
        </div>
      </div>
      {known !== undefined && kernelCount > 0 ? (
        <KernelTable server={of} kernels={known.kernels} measured={measured} canOrder={isConnected} />
      ) : (
        <Nothing>{t(known?.seenAtMs ? 'home.noKernels' : 'home.lookingForKernels')}</Nothing>
      )}
      {isConnected && opened.length > 0 && <OpenedList server={of} opened={opened} />}
      {files.kind === 'looking' && <Nothing>{t('home.looking')}</Nothing>}
      {files.kind === 'failed' && <Nothing>{errorTexts(t, files.error.toReport()).what}</Nothing>}
      {files.kind === 'found' && files.files.recent.length === 0 && <Nothing>{t('home.noRecent')}</Nothing>}
      {changed.length > 0 && <RecentList server={of} recent={changed} />}
      {files.kind === 'found' && !files.files.isWhole && <Nothing>{t('home.notAll')}</Nothing>}
      {isMenuOpen && (
        <OpenMenu
          label={t('home.newNotebook')}
          triggerRef={menuRef}
          onClose={() => setIsMenuOpen(false)}
          entries={specs.map(({ name, displayName }) => ({
            kind: 'action',
            id: name,
            text: displayName,
            run: () => createNotebook(of, name),
          }))}
        />
      )}
      {isPathAsked && (
        <OpenPathDialog server={of} folder={server.folder} onClose={() => setIsPathAsked(false)} />
      )}
    </div>
  );
}
