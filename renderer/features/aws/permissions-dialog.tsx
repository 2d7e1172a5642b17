import { useTranslation } from 'react-i18next';
import { awsPermissions } from '../../../shared/model/aws-call';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import styles from './aws.module.css';
import { PolicyBlock } from './policy-block';

/** Every permission that Nuvem makes use of, why, and the policy that gives them all. */
export function PermissionsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('aws');
  return (
    <Dialog
      title={t('permissions')}
      width="wide"
      onCancel={onClose}
      buttons={
        <Button autoFocus onPress={onClose}>
          {t('close')}
        </Button>
      }
    >
      <p>{t('permissionsAbout')}</p>
      <table className={styles.permissions}>
        <thead>
          <tr>
            <th scope="col">{t('permission')}</th>
            <th scope="col">{t('usedFor')}</th>
          </tr>
        </thead>
        <tbody>
          {awsPermissions.map(({ permission, purposes }) => (
            <tr key={permission}>
              <td className="mono selectable">{permission}</td>
              <td>{purposes.map((purpose) => t(`purpose.${purpose}`)).join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <PolicyBlock permissions={awsPermissions.map(({ permission }) => permission)} resource="*" />
    </Dialog>
  );
}
