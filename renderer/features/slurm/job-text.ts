import type { TFunction } from 'i18next';
import type { JobState } from '../../../shared/model/slurm';

/** The reasons that have words of their own (squeue(1), JOB REASON CODES). */
const reasons = [
  'Resources',
  'Priority',
  'Dependency',
  'BeginTime',
  'JobHeldUser',
  'JobHeldAdmin',
  'Licenses',
  'Reservation',
  'BadConstraints',
  'NodeDown',
  'PartitionDown',
  'PartitionInactive',
  'PartitionTimeLimit',
  'PartitionNodeLimit',
  'InvalidAccount',
  'InvalidQOS',
  'AccountNotAllowed',
  'QOSNotAllowed',
  'None',
] as const;

const ns = 'slurm' as const;

/** Why a job waits, in words; what Slurm says of it where there are none. */
export function reasonText(t: TFunction, reason: string): string {
  const plain = reason.replace(/[ ,(].*$/s, '');
  const known = reasons.find((one) => one === plain);
  if (known !== undefined) return t(`reason.${known}`, { ns });
  if (/^ReqNodeNotAvail/.test(reason)) return t('reason.ReqNodeNotAvail', { ns });
  if (/^(QOS|Assoc).*(Limit|Jobs|Cpu|Mem|GRES|Node)/i.test(plain))
    return t('reason.limit', { ns, reason: plain });
  return t('reason.other', { ns, reason });
}

/** How a job is, in a sentence. */
export function stateText(t: TFunction, state: JobState, nowMs: number, language: string): string {
  switch (state.kind) {
    case 'pending': {
      const why = reasonText(t, state.reason);
      if (state.startsAtMs === null || state.startsAtMs <= nowMs) return t('state.pending', { ns, why });
      return t('state.pendingUntil', { ns, why, time: timeText(state.startsAtMs, language) });
    }
    case 'running': {
      const { node, endsAtMs, isServing } = state;
      const what = t(isServing ? 'state.serving' : 'state.starting', { ns, node });
      if (endsAtMs === null) return what;
      return `${what} ${t('state.timeLeft', { ns, left: leftText(t, Math.max(0, endsAtMs - nowMs)) })}`;
    }
    case 'ending':
      return t('state.ending', { ns });
    case 'ended':
      return t(`ended.${state.how}`, { ns });
  }
}

const timeText = (atMs: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);

/** Hours and minutes; the last minutes to the minute above. */
function leftText(t: TFunction, leftMs: number): string {
  const minutes = Math.ceil(leftMs / 60_000);
  if (minutes < 60) return t('left.minutes', { ns, count: minutes });
  return t('left.hours', { ns, hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
