import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import { readWebAddress } from '../../../shared/model/web-address';
import { Button } from '../../components/button';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { showFailure } from '../../stores/notices-store';
import { openWebPage } from './web-app-actions';
import styles from './web-apps.module.css';

/** Opens whatever page of the machine the user names. */
export function AddressForm({ machineId }: { readonly machineId: MachineId }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const { isRunning, run } = useTask();
  const submit = () => {
    const address = readWebAddress(text);
    setIsWrong(address === null);
    if (address === null) return;
    run(
      () => openWebPage(machineId, address).then(() => setText(''), showFailure),
      () => undefined,
    );
  };
  return (
    <form
      noValidate
      className={styles.address}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('webApps.address')}
        description={t('webApps.addressHint')}
        error={isWrong ? t('webApps.addressInvalid') : undefined}
        placeholder={t('webApps.addressExample')}
        isMono
        value={text}
        onChange={(value) => {
          setText(value);
          setIsWrong(false);
        }}
        addition={
          <Button type="submit" isDisabled={isRunning}>
            {t('webApps.open')}
          </Button>
        }
      />
    </form>
  );
}
