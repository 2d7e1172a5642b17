import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { UnitWays } from '../../../shared/model/service-unit';
import { Button } from '../../components/button';
import { SudoDialog } from './sudo-dialog';
import { turnLingeringOn } from './unit-actions';
import styles from './units.module.css';

interface LingeringLineProps {
  readonly machineId: MachineId;
  readonly ways: UnitWays;
  readonly isDisabled: boolean;
}

/** Whether the user's services run while they are signed out, with the way to have that. */
export function LingeringLine({ machineId, ways, isDisabled }: LingeringLineProps) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div className={styles.lingering}>
      <p className={styles.hint}>{t(`lingering.${ways.lingering}`, { ns: 'units' })}</p>
      {ways.lingering === 'off' && (
        <Button isDisabled={isDisabled} onPress={() => setIsAsking(true)}>
          {t('lingering.turnOn', { ns: 'units' })}
        </Button>
      )}
      {isAsking && (
        <SudoDialog
          title={t('lingering.title', { ns: 'units' })}
          explanation={t('lingering.why', { ns: 'units' })}
          verb={t('lingering.confirm', { ns: 'units' })}
          asksForPassword={ways.system === 'password'}
          hint="new.maybePassword"
          onConfirm={(password) => turnLingeringOn(machineId, password)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
