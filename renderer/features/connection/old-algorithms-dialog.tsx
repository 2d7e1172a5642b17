import { useTranslation } from 'react-i18next';
import { type Machine, MachineDraft, type MachineId } from '../../../shared/model/machine';
import { oldAlgorithms } from '../../../shared/model/old-algorithms';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { showFailure } from '../../stores/notices-store';
import { closeDialog } from '../../stores/view-store';
import { connect } from './connection-actions';
import styles from './prompt.module.css';

interface OldAlgorithmsDialogProps {
  readonly machine: Machine;
  readonly connectTo: MachineId;
}

/** Lets a machine use what modern SSH has given up, once its user knows what that is, and connects. */
export function OldAlgorithmsDialog({ machine, connectTo }: OldAlgorithmsDialogProps) {
  const { t } = useTranslation();
  const allow = () => {
    closeDialog();
    const inherits = machine.inherits.filter((setting) => setting !== 'allowsOldAlgorithms');
    nuvem.machines
      .save({ ...MachineDraft.strip().parse(machine), allowsOldAlgorithms: true, inherits })
      .then(() => connect(connectTo))
      .catch(showFailure);
  };
  return (
    <Dialog
      title={t('oldAlgorithms.title', { name: machine.name })}
      role="alertdialog"
      onCancel={closeDialog}
      buttons={
        <>
          <Button autoFocus onPress={closeDialog}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" onPress={allow}>
            {t('oldAlgorithms.allow')}
          </Button>
        </>
      }
    >
      <p>{t('oldAlgorithms.risk')}</p>
      <dl className={styles.facts}>
        {(['kex', 'signature', 'cipher', 'mac'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`oldAlgorithms.kind.${kind}`)}</dt>
            <dd className="mono selectable">{oldAlgorithms[kind].join(', ')}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.muted}>{t('oldAlgorithms.better')}</p>
    </Dialog>
  );
}
