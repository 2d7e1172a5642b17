import { HardDrive, PlugZap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button';
import { ProblemBox } from '../../../components/problem-box';
import { Progress } from '../../../components/progress';
import { Spinner } from '../../../components/spinner';
import { errorTexts } from '../../../i18n/error-texts';
import { byteText } from '../../tunnels/byte-text';
import { NodeFileList } from './node-file-list';
import { NotKeptList } from './not-kept-list';
import styles from './termination.module.css';
import type { NodeFilesChoice } from './use-node-files';

interface NodeFilesPartProps {
  readonly files: NodeFilesChoice;
  /** A machine leads to the primary node. */
  readonly isBound: boolean;
  readonly onBind: () => void;
}

/** What would end with the primary node's disk, and how much of it is safe on this computer. */
export function NodeFilesPart({ files, isBound, onBind }: NodeFilesPartProps) {
  const { t, i18n } = useTranslation('clusters');
  const { t: tOfErrors } = useTranslation();
  const { state } = files;
  const bytes = (amount: number) => byteText(i18n.language, amount);
  const copying =
    state.kind === 'copying'
      ? t('nodeFiles.copying', {
          ...{ done: state.doneFiles, all: state.allFiles },
          ...{ bytes: bytes(state.doneBytes), allBytes: bytes(state.allBytes) },
        })
      : '';
  return (
    <section className={styles.part} aria-label={t('nodeFiles.title')}>
      {state.kind === 'idle' && (
        <>
          <p>{t(isBound ? 'nodeFiles.about' : 'nodeFiles.aboutUnbound')}</p>
          <div>
            {isBound ? (
              <Button icon={<HardDrive aria-hidden />} onPress={files.look}>
                {t('nodeFiles.look')}
              </Button>
            ) : (
              <Button icon={<PlugZap aria-hidden />} onPress={onBind}>
                {t('node.connect')}
              </Button>
            )}
          </div>
        </>
      )}
      {state.kind === 'looking' && (
        <p className={styles.waiting} role="status">
          <Spinner size={15} /> {t('nodeFiles.looking')}
        </p>
      )}
      {state.kind === 'failed' && (
        <ProblemBox
          texts={errorTexts(tOfErrors, state.error)}
          actions={
            <>
              <Button onPress={files.look}>{t('nodeFiles.again')}</Button>
              <Button onPress={onBind}>{t('node.change')}</Button>
            </>
          }
        />
      )}
      {state.kind === 'copying' && (
        <>
          <p>{copying}</p>
          <Progress
            label={copying}
            ratio={state.allBytes === 0 ? null : Math.min(1, state.doneBytes / state.allBytes)}
          />
          <p className={styles.hint}>{t('nodeFiles.to', { folder: state.folder })}</p>
        </>
      )}
      {state.kind === 'found' && (
        <>
          <NotKeptList found={state} />
          <NodeFileList found={state} files={files} />
          <p className={styles.hint}>{t('nodeFiles.scope')}</p>
        </>
      )}
    </section>
  );
}
