import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstallReport } from '../../../shared/model/access';
import type { Machine } from '../../../shared/model/machine';
import type { SshKey, SshKeyList } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { RowFacts } from '../../components/row-list';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { showFailure } from '../../stores/notices-store';
import { InstallResult } from './install-result';

interface InstallKeyDialogProps {
  readonly machine: Machine;
  /** The key that is proposed; without it, the first. */
  readonly keyName?: string;
  readonly onClose: () => void;
}

/** Lets one of the user's own keys in, and shows whether it works. */
export function InstallKeyDialog({ machine, keyName: proposed = '', onClose }: InstallKeyDialogProps) {
  const { t } = useTranslation();
  const [list, setList] = useState<SshKeyList | null>(null);
  const [chosen, setChosen] = useState(proposed);
  const [passphrase, setPassphrase] = useState('');
  const [report, setReport] = useState<InstallReport | null>(null);
  const task = useTask();
  useEffect(() => {
    nuvem.keys.list().then(setList).catch(showFailure);
  }, []);
  const keys = list?.keys.filter(isInstallable) ?? [];
  const key = keys.find(({ name }) => name === chosen) ?? keys[0];
  if (report !== null && list !== null && key !== undefined)
    return (
      <InstallResult
        machine={machine}
        path={key.path === `${list.folder}/${key.name}` ? `~/.ssh/${key.name}` : key.path}
        report={report}
        onClose={onClose}
      />
    );
  const install = () => {
    if (key === undefined) return;
    const keyName = key.name;
    task.run(() => nuvem.access.install({ machineId: machine.id, keyName, passphrase }), setReport);
  };
  return (
    <Dialog
      title={t('access.installTitle', { machine: machine.name })}
      onCancel={onClose}
      onSubmit={install}
      buttons={
        <FormButtons
          submit={t('access.installNow')}
          isRunning={task.isRunning}
          isDisabled={key === undefined}
          onCancel={onClose}
        />
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <p>{t('access.installExplanation')}</p>
      {list !== null && key === undefined && <p>{t('access.noKeys')}</p>}
      {key !== undefined && (
        <>
          <Select
            label={t('access.key')}
            value={key.name}
            onChange={setChosen}
            options={keys.map(({ name }) => ({ value: name, text: name }))}
          />
          <RowFacts isMono>{key.publicHalf?.fingerprint}</RowFacts>
          {key.isEncrypted && (
            <TextField
              label={t('keys.passphrase')}
              description={t('access.passphraseHint')}
              type="password"
              value={passphrase}
              onChange={setPassphrase}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

const isInstallable = ({ state, publicHalf }: SshKey): boolean => state === 'usable' && publicHalf !== null;
