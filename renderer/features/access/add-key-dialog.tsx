import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import { type AccessList, type OfferedKey, OfferedName } from '../../../shared/model/access';
import type { Machine } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { RowFacts } from '../../components/row-list';
import { TextArea } from '../../components/text-area';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';

interface AddKeyDialogProps {
  readonly machine: Machine;
  readonly onClose: () => void;
  readonly onAdded: (list: AccessList) => void;
}

/** Lets a colleague in by the public key that they sent. */
export function AddKeyDialog({ machine, onClose, onAdded }: AddKeyDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const latest = useRef('');
  const [name, setName] = useState('');
  const [offered, setOffered] = useState<readonly OfferedKey[]>([]);
  const [problem, setProblem] = useState<AppError | null>(null);
  const task = useTask();
  const refuse = (thrown: unknown) => {
    const error = AppError.from(thrown);
    setOffered([]);
    setProblem(error);
    // A private key must not stay on the screen.
    if (error.code === 'access-key-private') setText('');
  };
  const read = (next: string) => {
    setText(next);
    latest.current = next;
    if (next.trim() === '') return setOffered([]);
    nuvem.access
      .inspect({ text: next })
      .then((keys) => {
        if (latest.current !== next) return;
        setOffered(keys);
        setProblem(null);
      })
      .catch((thrown: unknown) => latest.current === next && refuse(thrown));
  };
  const chooseFile = () => {
    nuvem.access
      .chooseFile()
      .then((chosen) => chosen !== null && read(chosen))
      .catch(refuse);
  };
  const isNameRight = OfferedName.safeParse(name).success;
  const failure = task.failure ?? problem;
  const add = () => {
    if (offered.length === 0 || !isNameRight) return;
    task.run(() => nuvem.access.add({ machineId: machine.id, text, name }), onAdded);
  };
  return (
    <Dialog
      title={t('access.addTitle', { machine: machine.name })}
      onCancel={onClose}
      onSubmit={add}
      buttons={
        <FormButtons
          submit={t('access.letIn')}
          isRunning={task.isRunning}
          isDisabled={offered.length === 0}
          onCancel={onClose}
        />
      }
    >
      {failure && <ProblemBox texts={errorTexts(t, failure.toReport())} />}
      <TextArea
        label={t('access.publicKey')}
        description={t('access.publicKeyHint')}
        value={text}
        onChange={read}
        autoFocus
      />
      <div>
        <Button icon={<FileUp aria-hidden />} onPress={chooseFile}>
          {t('access.fromFile')}
        </Button>
      </div>
      {offered.length > 0 && (
        <ul aria-label={t('access.offered')}>
          {offered.map((key) => (
            <li key={`${key.fingerprint} ${key.options}`}>
              <RowFacts isMono>{key.fingerprint}</RowFacts>
              <RowFacts>{[key.keyType, key.name].filter(Boolean).join(' · ')}</RowFacts>
              {key.options !== '' && <RowFacts>{t('access.options', { options: key.options })}</RowFacts>}
            </li>
          ))}
        </ul>
      )}
      {offered.length === 1 && (
        <TextField
          label={t('access.name')}
          description={t('access.nameHint')}
          placeholder={offered[0]?.name ?? ''}
          value={name}
          onChange={setName}
          error={isNameRight ? undefined : t('access.problem.name-not-one-line')}
        />
      )}
    </Dialog>
  );
}
