import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instanceAddressKinds, sessionManagerUses } from '../../../shared/model/instance-binding';
import { Checkbox } from '../../components/checkbox';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { awsAccountsStore } from '../../stores/aws-accounts-store';
import styles from './ec2.module.css';
import type { InstanceForm } from './instance-form';

interface InstanceFieldsProps {
  readonly form: InstanceForm;
  readonly change: (part: Partial<InstanceForm>) => void;
  readonly idField: ComponentProps<typeof TextField>;
}

const none = 'none';
const ifStopped = ['ask', 'start', 'fail'] as const;

/** Which instance of EC2 a machine is; only for those who have an account at AWS here. */
export function InstanceFields({ form, change, idField }: InstanceFieldsProps) {
  const { t } = useTranslation('ec2');
  const { accounts } = useStore(awsAccountsStore);
  const { instanceAccount, instanceAddress, instanceIfStopped, instancePushesKey } = form;
  if (accounts.length === 0 && instanceAccount === '') return null;
  const isKnown = accounts.some(({ account }) => account.id === instanceAccount);
  const options = accounts.map(({ account }) => ({ value: account.id as string, text: account.name }));
  return (
    <>
      <Select
        label={t('binding.account')}
        value={instanceAccount || none}
        options={[
          { value: none, text: t('binding.none') },
          ...options,
          ...(isKnown || instanceAccount === ''
            ? []
            : [{ value: instanceAccount, text: t('binding.accountGone') }]),
        ]}
        onChange={(value) => change({ instanceAccount: value === none ? '' : value })}
      />
      {instanceAccount !== '' && (
        <div className={styles.binding}>
          <TextField
            {...idField}
            placeholder={t('binding.idPlaceholder')}
            description={t('binding.idHint')}
            isMono
          />
          <Select
            label={t('binding.address')}
            value={instanceAddress}
            options={instanceAddressKinds.map((value) => ({
              value,
              text: t(`binding.addressKind.${value}`),
            }))}
            onChange={(value) => change({ instanceAddress: value })}
          />
          <Select
            label={t('binding.ifStopped')}
            value={instanceIfStopped}
            options={ifStopped.map((value) => ({ value, text: t(`binding.stopped.${value}`) }))}
            onChange={(value) => change({ instanceIfStopped: value })}
          />
          <Select
            label={t('binding.sessionManager')}
            value={form.instanceSessionManager}
            options={sessionManagerUses.map((value) => ({
              value,
              text: t(`binding.sessionManagerUse.${value}`),
            }))}
            onChange={(value) => change({ instanceSessionManager: value })}
          />
          <Checkbox isSelected={instancePushesKey} onChange={(value) => change({ instancePushesKey: value })}>
            {t('binding.pushesKey')}
          </Checkbox>
        </div>
      )}
    </>
  );
}
