import type {
  AwsAccount,
  AwsAccountId,
  AwsAccountStatus,
  AwsProfile,
  AwsPromptId,
} from '../../shared/model/aws-account';
import { report, uuid } from './samples';

/** An account, number `index`. */
export const sampleAccount = (index: number, account: Partial<AwsAccount> = {}): AwsAccount => ({
  id: uuid(900 + index) as AwsAccountId,
  name: 'Research',
  profile: 'research',
  region: '',
  endpoint: '',
  ...account,
});

export const awsProfiles: readonly AwsProfile[] = [
  { name: 'default', kind: 'keys', region: 'us-east-1', isSignedInByBrowser: false },
  { name: 'research', kind: 'sso', region: 'sa-east-1', isSignedInByBrowser: true },
  { name: 'data-platform-production', kind: 'role', region: '', isSignedInByBrowser: false },
];

const inAnHourMs = Date.now() + 3_600_000;

/** One account in each of the states that look different. */
export const awsAccounts: readonly AwsAccountStatus[] = [
  {
    account: sampleAccount(1),
    signIn: {
      kind: 'known',
      identity: {
        accountNumber: '123456789012',
        arn: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Analyst_0123456789abcdef/ana@example.com',
        region: 'sa-east-1',
        expiresAtMs: inAnHourMs,
        signInEndsAtMs: inAnHourMs,
      },
    },
  },
  {
    account: sampleAccount(2, {
      name: 'Production',
      profile: 'data-platform-production',
      region: 'us-east-1',
    }),
    signIn: {
      kind: 'failed',
      error: report(
        'aws-role-refused',
        { profile: 'data-platform-production', permissions: 'sts:AssumeRole', resource: '*' },
        [
          'User: arn:aws:iam::123456789012:user/ana is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::210987654321:role/analyst',
        ],
      ),
    },
  },
  {
    account: sampleAccount(3, { name: 'Teaching', profile: 'teaching' }),
    signIn: {
      kind: 'awaitingBrowser',
      userCode: 'ABCD-EFGH',
      url: 'https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH',
      untilMs: inAnHourMs,
    },
  },
  {
    account: sampleAccount(4, { name: 'Course', profile: 'course' }),
    signIn: {
      kind: 'failed',
      error: report('aws-sign-in-needed', { profile: 'course', region: 'us-east-1' }),
    },
  },
  {
    account: sampleAccount(5, { name: 'Lab', profile: '', endpoint: 'http://localhost:4566' }),
    signIn: { kind: 'checking' },
  },
];

/** An account that waits for the code of an MFA device. */
export const askingAccount: AwsAccountStatus = {
  account: sampleAccount(6, { name: 'Production', profile: 'data-platform-production' }),
  signIn: {
    kind: 'awaitingCode',
    promptId: uuid(950) as AwsPromptId,
    device: 'arn:aws:iam::123456789012:mfa/ana-maria-de-albuquerque',
  },
};
