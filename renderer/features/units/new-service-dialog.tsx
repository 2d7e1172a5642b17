import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderOnMachine, type Machine } from '../../../shared/model/machine';
import type { UnitPlan, UnitScope, UnitWays } from '../../../shared/model/service-unit';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { CopyButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { showFailure } from '../../stores/notices-store';
import styles from './units.module.css';

interface NewServiceDialogProps {
  readonly machine: Machine;
  readonly ways: UnitWays;
  readonly onClose: () => void;
}

/** Asks what the service shall be, shows its unit file, and then makes it. */
export function NewServiceDialog({ machine, ways, onClose }: NewServiceDialogProps) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState(machine.workingFolder);
  const [scope, setScope] = useState<UnitScope>('user');
  const [lingers, setLingers] = useState(true);
  const [password, setPassword] = useState('');
  const [plan, setPlan] = useState<UnitPlan | null>(null);
  const task = useTask();
  const { id: machineId } = machine;
  const read = FolderOnMachine.safeParse(folder);
  const problem = read.error?.issues[0]?.message;
  const isOff = ways.lingering === 'off';
  const turnsLingeringOn = scope === 'user' && isOff && lingers;
  const asksForPassword = ways.system === 'password' && (scope === 'system' || turnsLingeringOn);
  const cannot = scope === 'system' && ways.system === 'no-sudo';
  const next = () => task.run(() => nuvem.units.plan({ machineId, folder: read.data ?? '', scope }), setPlan);
  const commandsOf = ({ commands, lingerCommand }: UnitPlan) =>
    [...(turnsLingeringOn ? [lingerCommand] : []), ...commands].join('\n');
  const create = (planned: UnitPlan) => {
    const service = { scope, id: planned.id, text: planned.text, turnsLingeringOn, password };
    nuvem.units.create({ machineId, folder: read.data ?? '', ...service }).catch(showFailure);
    onClose();
  };
  return (
    <Dialog
      title={t('new.title', { ns: 'units' })}
      width="wide"
      onCancel={onClose}
      onSubmit={() => (plan ? create(plan) : next())}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          {plan && <Button onPress={() => setPlan(null)}>{t('new.back', { ns: 'units' })}</Button>}
          <Button type="submit" variant="primary" isDisabled={!read.success || cannot || task.isRunning}>
            {t(plan ? 'new.create' : 'new.next', { ns: 'units' })}
          </Button>
        </>
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport(), machine)} />}
      {plan ? (
        <>
          <p>{t('new.file', { ns: 'units' })}</p>
          <Text text={plan.text} label={t('new.copyFile', { ns: 'units' })} title={plan.path} />
          <p>{t('new.commands', { ns: 'units' })}</p>
          <Text text={commandsOf(plan)} label={t('new.copyCommands', { ns: 'units' })} />
          <p className={styles.hint}>{t('new.token', { ns: 'units' })}</p>
        </>
      ) : (
        <>
          <p>{t('new.explanation', { ns: 'units' })}</p>
          <TextField
            label={t('new.folder', { ns: 'units' })}
            value={folder}
            onChange={setFolder}
            placeholder="~/projects"
            description={t('new.folderHint', { ns: 'units' })}
            error={problem && t(`validation.${problem}` as 'validation.folder-too-long')}
            isMono
          />
          <RadioGroup
            label={t('new.scope', { ns: 'units' })}
            value={scope}
            onChange={setScope}
            options={[
              { value: 'user', text: t('new.user', { ns: 'units' }) },
              { value: 'system', text: t('new.system', { ns: 'units' }) },
            ]}
          />
          {scope === 'user' ? (
            <>
              {isOff && (
                <Checkbox isSelected={lingers} onChange={setLingers}>
                  {t('new.lingers', { ns: 'units' })}
                </Checkbox>
              )}
              <p className={styles.hint}>{t(`lingering.${ways.lingering}`, { ns: 'units' })}</p>
            </>
          ) : (
            <p className={styles.hint}>{t(`new.sudo.${ways.system}`, { ns: 'units' })}</p>
          )}
          {asksForPassword && (
            <TextField
              label={t('password', { ns: 'units' })}
              type="password"
              value={password}
              onChange={setPassword}
              description={t(scope === 'user' ? 'new.maybePassword' : 'passwordHint', { ns: 'units' })}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

/** What will be written or run, to be read and copied. */
function Text({
  text,
  label,
  title,
}: {
  readonly text: string;
  readonly label: string;
  readonly title?: string;
}) {
  return (
    <div className={styles.file}>
      <pre className="selectable">{title === undefined ? text : `# ${title}\n${text}`}</pre>
      <CopyButton label={label} textOf={() => text} icon="terminal" />
    </div>
  );
}
