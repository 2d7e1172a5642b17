import type { AwsAccountId, AwsPromptId } from '../../../shared/model/aws-account';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

export const checkAccount = (accountId: AwsAccountId): void =>
  void nuvem.aws.check({ accountId }).catch(showFailure);
export const signInToAccount = (accountId: AwsAccountId): void =>
  void nuvem.aws.signIn({ accountId }).catch(showFailure);
export const cancelSignIn = (accountId: AwsAccountId): void =>
  void nuvem.aws.cancel({ accountId }).catch(showFailure);
export const removeAccount = (accountId: AwsAccountId): void =>
  void nuvem.aws.remove({ accountId }).catch(showFailure);
export const answerCode = (accountId: AwsAccountId, promptId: AwsPromptId, code: string): void =>
  void nuvem.aws.answerCode({ accountId, promptId, code }).catch(showFailure);
