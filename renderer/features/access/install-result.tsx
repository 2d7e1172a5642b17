import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { InstallReport, ProofFailure } from '../../../shared/model/access';
import { type Machine, MachineDraft } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import styles from './access.module.css';
import { useWarningTexts } from './access-warning';

interface InstallResultProps {
  readonly machine: Machine;
  /** Of the private key, as a machine's identity names it. */
  readonly path: string;
  readonly report: InstallReport;
  readonly onClose: () => void;
}

/** What became of a key that was installed, and what follows from it. */
export function InstallResult({ machine, path, report, onClose }: InstallResultProps) {
  const { t } = useTranslation();
  const task = useTask();
  const { addedEntryId, mended, proof } = report;
  const { identity } = machine;
  const isIdentity = identity.kind === 'keyFile' && identity.path === path;
  const useKey = () => {
    const draft = MachineDraft.strip().parse(machine);
    const inherits = machine.inherits.filter((setting) => setting !== 'identity');
    task.run(() => nuvem.machines.save({ ...draft, inherits, identity: { kind: 'keyFile', path } }), onClose);
  };
  const undo = (entryId: string) =>
    task.run(() => nuvem.access.remove({ machineId: machine.id, entryId, isConfirmed: false }), onClose);
  return (
    <Dialog
      title={t('access.installTitle', { machine: machine.name })}
      onCancel={onClose}
      buttons={
        <>
          {proof.kind === 'failed' && addedEntryId !== null && (
            <Button isDisabled={task.isRunning} onPress={() => undo(addedEntryId)}>
              {t('access.undo')}
            </Button>
          )}
          <Button onPress={onClose}>{t('access.close')}</Button>
          {proof.kind === 'proven' && !isIdentity && (
            <Button variant="primary" isDisabled={task.isRunning} onPress={useKey}>
              {t('access.useKey')}
            </Button>
          )}
        </>
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      {proof.kind === 'proven' ? (
        <p role="status" className={styles.proven}>
          <CircleCheck aria-hidden size={18} />
          {t(proof.alsoWanted === '' ? 'access.proven' : 'access.provenAlso', {
            machine: machine.name,
            methods: proof.alsoWanted,
          })}
        </p>
      ) : (
        <Failure failure={proof.failure} />
      )}
      <p>{t(addedEntryId === null ? 'access.wasThere' : 'access.wasAdded')}</p>
      {mended.length > 0 && (
        <div>
          <p>{t('access.mendedTitle')}</p>
          <ul>
            {mended.map(({ path: place, permissions }) => (
              <li key={place} className="mono selectable">
                {`${place} (${permissions})`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

/** Why the key was not proven to work: the server's likely reasons, or what kept the attempt from it. */
function Failure({ failure }: { readonly failure: ProofFailure }) {
  const { t } = useTranslation();
  const warningTexts = useWarningTexts();
  if (failure.kind === 'notTried') {
    const { what, todo } = errorTexts(t, failure.error);
    return <ProblemBox texts={{ what: t('access.notTried'), todo: `${what} ${todo}` }} />;
  }
  const [first, ...others] = failure.because.map(warningTexts);
  const reason = first === undefined ? t('access.refusedUnknown') : `${first.what} ${first.todo}`;
  return (
    <>
      <ProblemBox texts={{ what: t('access.refused'), todo: reason }} />
      {others.map((texts) => (
        <ProblemBox key={texts.what} level="warning" texts={texts} />
      ))}
    </>
  );
}
