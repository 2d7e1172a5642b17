import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ForeignKey, NewKeyName, type SshKeyList } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { RowFacts } from '../../components/row-list';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { importedName, type NewKeyProblem } from './new-key-form';

interface ImportKeyDialogProps {
  readonly foreign: ForeignKey;
  readonly takenNames: readonly string[];
  readonly onClose: () => void;
  readonly onImported: (list: SshKeyList) => void;
}

/** Writes a key file of whatever format as a new OpenSSH key. */
export function ImportKeyDialog({ foreign, takenNames, onClose, onImported }: ImportKeyDialogProps) {
  const { t } = useTranslation();
  const { path, isEncrypted, publicHalf, comment, container } = foreign;
  const [name, setName] = useState(() => importedName(path, takenNames));
  const [passphrase, setPassphrase] = useState('');
  const [isKept, setIsKept] = useState(isEncrypted);
  const [fresh, setFresh] = useState('');
  const [repeated, setRepeated] = useState('');
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const task = useTask();
  const read = NewKeyName.safeParse(name);
  const isTaken = read.success && takenNames.includes(read.data);
  const nameProblem = read.success
    ? isTaken
      ? 'key-name-taken'
      : null
    : (read.error.issues[0]?.message as NewKeyProblem);
  const isDifferent = !isKept && fresh !== repeated;
  const make = () => {
    setAreProblemsShown(true);
    if (!read.success || isTaken || isDifferent) return;
    const newPassphrase = isKept ? passphrase : fresh;
    task.run(() => nuvem.keys.importKey({ path, name: read.data, passphrase, newPassphrase }), onImported);
  };
  const facts = [publicHalf?.keyType, publicHalf?.fingerprint, comment, t(`keys.container.${container}`)];
  return (
    <Dialog
      title={t('keys.importTitle')}
      onCancel={onClose}
      onSubmit={make}
      buttons={<FormButtons submit={t('keys.importMake')} isRunning={task.isRunning} onCancel={onClose} />}
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <p>{t('keys.importExplanation', { path })}</p>
      <RowFacts>{facts.filter(Boolean).join(' · ')}</RowFacts>
      <TextField
        label={t('keys.fileName')}
        value={name}
        onChange={setName}
        error={areProblemsShown && nameProblem ? t(`keys.problem.${nameProblem}`) : undefined}
        isMono
      />
      {isEncrypted && (
        <>
          <TextField
            label={t('keys.importPassphrase')}
            type="password"
            value={passphrase}
            onChange={setPassphrase}
          />
          <Checkbox isSelected={isKept} onChange={setIsKept}>
            {t('keys.importKeeps')}
          </Checkbox>
        </>
      )}
      {!isKept && (
        <>
          <TextField
            label={t('keys.newPassphrase')}
            description={t('keys.passphraseHint')}
            type="password"
            value={fresh}
            onChange={setFresh}
          />
          <TextField
            label={t('keys.repeated')}
            type="password"
            value={repeated}
            onChange={setRepeated}
            error={areProblemsShown && isDifferent ? t('keys.problem.passphrases-differ') : undefined}
          />
        </>
      )}
    </Dialog>
  );
}
