import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';

export const AwsAccountId = z.uuid().brand<'AwsAccountId'>();
export type AwsAccountId = z.infer<typeof AwsAccountId>;

/** Schema messages are text keys below `problem.` of the `aws` texts. */
export const AwsRegion = z
  .string()
  .trim()
  .regex(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, 'region-invalid');

/** An origin, perhaps with a path: what more an address can have is not for a service. */
const isEndpoint = (text: string): boolean =>
  /^https?:\/\/[^\s@?#]+$/i.test(text) && z.url().safeParse(text).success;

/** A way to sign in to AWS, as the user calls it. What proves who they are stays where the AWS tools keep it. */
const fields = {
  name: z.string().trim().min(1, 'name-empty').max(100, 'name-too-long'),
  /** A profile in the AWS tools' files; empty: what the AWS tools would take by themselves. */
  profile: z
    .string()
    .trim()
    .max(200, 'profile-invalid')
    .regex(/^[^\r\n[\]]*$/, 'profile-invalid'),
  /** Empty: the profile's, or that of the environment. */
  region: z.union([z.literal(''), AwsRegion], 'region-invalid'),
  /** Where every service of AWS is asked instead of at AWS's own addresses; empty: nowhere else. */
  endpoint: z
    .string()
    .trim()
    .max(2000, 'endpoint-invalid')
    .refine((text) => text === '' || isEndpoint(text), 'endpoint-invalid'),
};

export const AwsAccount = z.strictObject({ id: AwsAccountId, ...fields });
export type AwsAccount = Readonly<z.infer<typeof AwsAccount>>;

/** `id` null: a new one. */
export const AwsAccountDraft = z.strictObject({ id: AwsAccountId.nullable(), ...fields });
export type AwsAccountDraft = Readonly<z.infer<typeof AwsAccountDraft>>;

/** How a profile proves who the user is. `none`: it only has settings. */
export const awsProfileKinds = ['keys', 'role', 'sso', 'process', 'webIdentity', 'login', 'none'] as const;

/** A profile as the AWS tools' files have it, without anything secret. */
export const AwsProfile = z.strictObject({
  name: z.string(),
  kind: z.enum(awsProfileKinds),
  /** Empty: it names none. */
  region: z.string(),
  /** It, or the profile that its role is taken with, signs in through the browser. */
  isSignedInByBrowser: z.boolean(),
});
export type AwsProfile = Readonly<z.infer<typeof AwsProfile>>;

/** Who the user is to AWS. */
export const AwsIdentity = z.strictObject({
  /** The 12 digits of the AWS account. */
  accountNumber: z.string(),
  arn: z.string(),
  region: z.string(),
  /** When the credentials in use end; null: they don't, or do not say. New ones are had without the user if possible. */
  expiresAtMs: z.number().nullable(),
  /** When the sign-in through the browser ends; null: there was none. */
  signInEndsAtMs: z.number().nullable(),
});
export type AwsIdentity = Readonly<z.infer<typeof AwsIdentity>>;

export const AwsPromptId = z.uuid().brand<'AwsPromptId'>();
export type AwsPromptId = z.infer<typeof AwsPromptId>;

export const AwsSignIn = z.discriminatedUnion('kind', [
  /** Nobody has asked AWS in this run. */
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('checking') }),
  /** A role wants the code of an MFA device. */
  z.strictObject({ kind: z.literal('awaitingCode'), promptId: AwsPromptId, device: z.string() }),
  /** The user is to confirm in the system's browser that the code shown there is this one. */
  z.strictObject({
    kind: z.literal('awaitingBrowser'),
    userCode: z.string(),
    url: z.string(),
    untilMs: z.number(),
  }),
  z.strictObject({ kind: z.literal('known'), identity: AwsIdentity }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type AwsSignIn = Readonly<z.infer<typeof AwsSignIn>>;

/** Something is under way that the user can call off. */
export const isSigningIn = ({ kind }: AwsSignIn): boolean =>
  kind === 'checking' || kind === 'awaitingCode' || kind === 'awaitingBrowser';

export const AwsAccountStatus = z.strictObject({ account: AwsAccount, signIn: AwsSignIn });
export type AwsAccountStatus = Readonly<z.infer<typeof AwsAccountStatus>>;

export const AwsAccountsSnapshot = z.strictObject({
  revision: z.number().int(),
  accounts: z.array(AwsAccountStatus).readonly(),
});
export type AwsAccountsSnapshot = Readonly<z.infer<typeof AwsAccountsSnapshot>>;
