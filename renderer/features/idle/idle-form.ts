import type { IdlePolicy } from '../../../shared/model/idle-policy';

/** What the fields of an idle policy hold. */
export interface IdleForm {
  readonly idleKind: IdlePolicy['kind'];
  /** As typed. */
  readonly idleHours: string;
}

const usualHours = '4';

export const idleFormOf = (policy: IdlePolicy = { kind: 'nothing' }): IdleForm => ({
  idleKind: policy.kind,
  idleHours: policy.kind === 'nothing' ? usualHours : String(policy.afterHours),
});

/** What the fields say, for `IdlePolicy` to judge; a comma parts decimals, too. */
export function idlePolicyOf({ idleKind, idleHours }: IdleForm): IdlePolicy {
  if (idleKind === 'nothing') return { kind: 'nothing' };
  const text = idleHours.trim().replace(',', '.');
  return { kind: idleKind, afterHours: text === '' ? Number.NaN : Number(text) };
}
