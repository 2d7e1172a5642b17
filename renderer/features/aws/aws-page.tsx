import { FlaskConical, Plus, ShieldQuestionMark } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccount, AwsProfile } from '../../../shared/model/aws-account';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Nothing, Page, PageBack, PageHeader, PageSource } from '../../components/page';
import { RowList } from '../../components/row-list';
import { awsAccountsStore } from '../../stores/aws-accounts-store';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { selectMetrics, selectNothing } from '../../stores/view-store';
import { OwnCostLine } from '../costs/cost-lines';
import { AccountDialog } from './account-dialog';
import { AccountRow } from './account-row';
import { checkAccount, removeAccount } from './aws-actions';
import { CodeQuestion } from './code-dialog';
import { PermissionsDialog } from './permissions-dialog';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'permissions' }
  | {
      readonly kind: 'account';
      readonly account: AwsAccount | null;
      readonly profiles: readonly AwsProfile[];
    }
  | { readonly kind: 'removal'; readonly account: AwsAccount };

/** The accounts at AWS. */
export function AwsPage() {
  const { t } = useTranslation('aws');
  const { revision, accounts } = useStore(awsAccountsStore);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  // Then there is no sidebar that leads elsewhere.
  const hasNoMachines = useStore(machinesStore, ({ machines }) => machines.length === 0);
  const close = () => setOpen({ kind: 'none' });
  const isLoaded = revision >= 0;
  // What is not known yet is asked once, when somebody looks.
  useEffect(() => {
    if (!isLoaded) return;
    for (const { account, signIn } of awsAccountsStore.getState().accounts)
      if (signIn.kind === 'unknown') checkAccount(account.id);
  }, [isLoaded]);

  const edit = (account: AwsAccount | null) => {
    nuvem.aws
      .profiles()
      .then((profiles) => setOpen({ kind: 'account', account, profiles }))
      .catch(showFailure);
  };
  return (
    <Page>
      {hasNoMachines && <PageBack onPress={selectNothing}>{t('tree.toWelcome', { ns: 'app' })}</PageBack>}
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Button
              icon={<ShieldQuestionMark aria-hidden />}
              onPress={() => setOpen({ kind: 'permissions' })}
            >
              {t('permissions')}
            </Button>
            <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => edit(null)}>
              {t('addAccount')}
            </Button>
          </>
        }
      />
      {isLoaded && accounts.length === 0 && <Nothing>{t('noAccounts')}</Nothing>}
      <OwnCostLine accountId={null} />
      <RowList label={t('accounts')}>
        {accounts.map((status) => (
          <AccountRow
            key={status.account.id}
            status={status}
            onEdit={() => edit(status.account)}
            onRemove={() => setOpen({ kind: 'removal', account: status.account })}
          />
        ))}
      </RowList>
      <div>
        <Button icon={<FlaskConical aria-hidden />} onPress={() => selectMetrics(null)}>
          {t('simulatedMetrics')}
        </Button>
      </div>
      <PageSource path={t('nothingKept')} />
      {open.kind === 'permissions' && <PermissionsDialog onClose={close} />}
      {open.kind === 'account' && (
        <AccountDialog
          account={open.account}
          profiles={open.profiles}
          onClose={close}
          onSaved={(account) => {
            close();
            checkAccount(account.id);
          }}
        />
      )}
      {open.kind === 'removal' && (
        <Dialog
          role="alertdialog"
          title={t('removeTitle', { name: open.account.name })}
          onCancel={close}
          buttons={
            <>
              <Button autoFocus onPress={close}>
                {t('cancel')}
              </Button>
              <Button
                variant="danger"
                onPress={() => {
                  removeAccount(open.account.id);
                  close();
                }}
              >
                {t('remove')}
              </Button>
            </>
          }
        >
          <p>{t('removeExplanation')}</p>
        </Dialog>
      )}
      <CodeQuestion />
    </Page>
  );
}
