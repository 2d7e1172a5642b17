import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError, type ErrorReport } from '../../../shared/errors/app-error';
import { type ExportFormat, type ExportResult, exportFormatNames } from '../../../shared/model/export';
import { isSaved, type MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { RadioGroup } from '../../components/radio-group';
import { errorTexts } from '../../i18n/error-texts';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import styles from './transfer.module.css';

/** Writes machines into a file. */
export function ExportDialog() {
  const { t } = useTranslation();
  const machines = useStore(machinesStore).machines.filter((machine) => isSaved(machine) && !machine.isDemo);
  const [format, setFormat] = useState<ExportFormat>('yaml');
  const [scope, setScope] = useState<'all' | 'some'>('all');
  const [chosen, setChosen] = useState<ReadonlySet<MachineId>>(new Set());
  const [error, setError] = useState<ErrorReport | null>(null);
  const [result, setResult] = useState<ExportResult | null>(null);
  const isReady = scope === 'all' ? machines.length > 0 : chosen.size > 0;

  const submit = () => {
    if (!isReady) return;
    setError(null);
    nuvem.exports
      .save({ format, machineIds: scope === 'all' ? null : [...chosen] })
      .then(setResult)
      .catch((thrown: unknown) => setError(AppError.from(thrown).toReport()));
  };
  return (
    <Dialog
      title={t('export.title')}
      width="wide"
      onCancel={closeDialog}
      onSubmit={submit}
      buttons={
        result ? (
          <Button variant="primary" autoFocus onPress={closeDialog}>
            {t('common.close')}
          </Button>
        ) : (
          <>
            <Button onPress={closeDialog}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" isDisabled={!isReady}>
              {t('export.submit')}
            </Button>
          </>
        )
      }
    >
      {error && <ProblemBox texts={errorTexts(t, error)} />}
      {result ? (
        <div role="status" className={styles.done}>
          <p>{t('export.done', { count: result.machineCount })}</p>
          <p className="mono selectable">{result.path}</p>
        </div>
      ) : (
        <>
          <RadioGroup
            label={t('export.format')}
            value={format}
            options={exportFormatNames.map((value) => ({ value, text: t(`export.formats.${value}`) }))}
            onChange={setFormat}
          />
          <RadioGroup
            label={t('export.machines')}
            value={scope}
            options={[
              { value: 'all', text: t('export.all') },
              { value: 'some', text: t('export.some') },
            ]}
            onChange={setScope}
          />
          {scope === 'some' && (
            <ul className={styles.choices} aria-label={t('export.machines')}>
              {machines.map(({ id, name }) => (
                <li key={id}>
                  <Checkbox
                    isSelected={chosen.has(id)}
                    onChange={(isSelected) =>
                      setChosen(
                        new Set([...chosen].filter((other) => other !== id).concat(isSelected ? [id] : [])),
                      )
                    }
                  >
                    {name}
                  </Checkbox>
                </li>
              ))}
            </ul>
          )}
          <p className={styles.muted}>
            {format === 'sshConfig' ? t('export.containsSshConfig') : t('export.contains')}
          </p>
          <p className={styles.muted}>{t('export.containsNot')}</p>
        </>
      )}
    </Dialog>
  );
}
