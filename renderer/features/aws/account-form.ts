import { type AwsAccount, AwsAccountDraft, type AwsProfile } from '../../../shared/model/aws-account';

/** What the dialog of an account holds. */
export type AccountForm = Readonly<Record<'name' | 'profile' | 'region' | 'endpoint', string>>;

type AccountProblem =
  | 'name-empty'
  | 'name-too-long'
  | 'profile-invalid'
  | 'region-invalid'
  | 'endpoint-invalid';
export type AccountProblems = Readonly<Partial<Record<keyof AccountForm, AccountProblem>>>;

/** An account's values, or for a new one those that suit what is on this computer. */
export function accountForm(account: AwsAccount | null, profiles: readonly AwsProfile[]): AccountForm {
  if (account !== null) {
    const { name, profile, region, endpoint } = account;
    return { name, profile, region, endpoint };
  }
  const only = profiles.length === 1 ? profiles[0] : undefined;
  return { name: only?.name ?? '', profile: only?.name ?? '', region: '', endpoint: '' };
}

/** Another profile's name becomes the account's as long as that is not the user's own. */
export function withProfile(form: AccountForm, profile: string): AccountForm {
  return { ...form, profile, name: form.name === form.profile ? profile : form.name };
}

/** The draft to save, or what is wrong with each field. */
export function readAccount(
  form: AccountForm,
  account: AwsAccount | null,
): { readonly draft: AwsAccountDraft } | { readonly problems: AccountProblems } {
  const read = AwsAccountDraft.safeParse({ ...form, id: account?.id ?? null });
  if (read.success) return { draft: read.data };
  const problems: { -readonly [Field in keyof AccountForm]?: AccountProblem } = {};
  for (const { path, message } of read.error.issues)
    problems[path[0] as keyof AccountForm] ??= message as AccountProblem;
  return { problems };
}
