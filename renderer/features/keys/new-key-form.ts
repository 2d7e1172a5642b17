import type { z } from 'zod';
import { NewSshKey, type SshKeyKind, sshKeyKinds } from '../../../shared/model/ssh-key';

/** What the dialog for a new key holds; the passphrase is typed twice. */
export interface NewKeyForm {
  readonly kind: SshKeyKind;
  readonly name: string;
  readonly comment: string;
  readonly passphrase: string;
  readonly repeated: string;
}

export type NewKeyProblem =
  | 'key-name-empty'
  | 'key-name-characters'
  | 'key-name-taken'
  | 'passphrases-differ'
  | 'comment-not-one-line';
export type NewKeyProblems = Readonly<Partial<Record<keyof NewKeyForm, NewKeyProblem>>>;

const names: Readonly<Record<string, string>> = { ed25519: 'id_ed25519', rsa: 'id_rsa', ecdsa: 'id_ecdsa' };

/** The name that `ssh-keygen` would choose, or that with a number when it is taken. */
export function suggestedName(kind: SshKeyKind, takenNames: readonly string[]): string {
  const name = names[kind.split('-')[0] ?? ''] ?? kind;
  return freeName(name, takenNames);
}

/** The file's own name without what only tells its format, made one that a new key may have. */
export function importedName(path: string, takenNames: readonly string[]): string {
  const file = path.split(/[\\/]/).at(-1) ?? '';
  const bare = file.replace(/\.(ppk|pem|key|p8|der)$/i, '').replace(/[^\w.@+-]+/g, '_');
  const name = bare.replace(/^[^A-Za-z0-9_]+|(\.pub|\.)+$/gi, '').slice(0, 90);
  return freeName(name === '' ? 'imported' : name, takenNames);
}

function freeName(name: string, takenNames: readonly string[]): string {
  if (!takenNames.includes(name)) return name;
  for (let number = 2; ; number += 1) {
    if (!takenNames.includes(`${name}_${number}`)) return `${name}_${number}`;
  }
}

/** The form of a dialog that was just opened. */
export const freshKeyForm = (takenNames: readonly string[]): NewKeyForm => ({
  ...{ kind: sshKeyKinds[0], name: suggestedName(sshKeyKinds[0], takenNames) },
  ...{ comment: '', passphrase: '', repeated: '' },
});

/** The key to make, or what is wrong with each field. */
export function readNewKey(
  { repeated, ...form }: NewKeyForm,
  takenNames: readonly string[],
): { readonly key: NewSshKey } | { readonly problems: NewKeyProblems } {
  const read = NewSshKey.safeParse(form);
  const problems: { -readonly [Field in keyof NewKeyForm]?: NewKeyProblem } = {};
  for (const issue of read.error?.issues ?? []) addProblem(problems, issue);
  if (takenNames.includes(form.name.trim())) problems.name ??= 'key-name-taken';
  if (form.passphrase !== repeated) problems.repeated = 'passphrases-differ';
  return read.success && Object.keys(problems).length === 0 ? { key: read.data } : { problems };
}

function addProblem(
  problems: { -readonly [Field in keyof NewKeyForm]?: NewKeyProblem },
  { path, message }: z.core.$ZodIssue,
): void {
  if (path[0] === 'name') problems.name ??= message as NewKeyProblem;
  if (path[0] === 'comment') problems.comment ??= 'comment-not-one-line';
}
