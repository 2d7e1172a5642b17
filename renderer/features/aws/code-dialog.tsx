import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccount, AwsSignIn } from '../../../shared/model/aws-account';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { TextField } from '../../components/text-field';
import { awsAccountsStore } from '../../stores/aws-accounts-store';
import { answerCode, cancelSignIn } from './aws-actions';

interface CodeDialogProps {
  readonly account: AwsAccount;
  readonly question: Extract<AwsSignIn, { kind: 'awaitingCode' }>;
}

/** Asks for the code of an MFA device as long as a role of an account wants one. */
export function CodeQuestion() {
  const { accounts } = useStore(awsAccountsStore);
  const asking = accounts.find(({ signIn }) => signIn.kind === 'awaitingCode');
  if (asking?.signIn.kind !== 'awaitingCode') return null;
  return <CodeDialog key={asking.signIn.promptId} account={asking.account} question={asking.signIn} />;
}

function CodeDialog({ account, question }: CodeDialogProps) {
  const { t } = useTranslation('aws');
  const [code, setCode] = useState('');
  const [isProblemShown, setIsProblemShown] = useState(false);
  const isCode = /^\d{6}$/.test(code.trim());
  const submit = () => {
    setIsProblemShown(true);
    if (isCode) answerCode(account.id, question.promptId, code.trim());
  };
  return (
    <Dialog
      title={t('codeTitle', { name: account.name })}
      onCancel={() => cancelSignIn(account.id)}
      onSubmit={submit}
      buttons={
        <FormButtons submit={t('continue')} isRunning={false} onCancel={() => cancelSignIn(account.id)} />
      }
    >
      <p>{t('codeExplanation')}</p>
      <p className="mono selectable">{question.device}</p>
      <TextField
        label={t('code')}
        inputMode="numeric"
        value={code}
        onChange={setCode}
        error={isProblemShown && !isCode ? t('problem.code-invalid') : undefined}
        autoFocus
        isMono
      />
    </Dialog>
  );
}
