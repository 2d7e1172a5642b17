import type { AppError } from '../../shared/errors/app-error';
import type { DiagnosisStep } from '../../shared/model/diagnosis';
import type { Finding, FindingCode } from '../../shared/model/diagnosis-finding';
import type { LogCode, LogEntry } from '../../shared/model/log-entry';

/** What a sign-in consisted of. */
interface Tries {
  readonly step: DiagnosisStep;
  readonly steps: readonly DiagnosisStep[];
}

/** Why a server let nobody in, as far as what was tried and what it answered tell. */
export function explainRefusal(
  error: AppError,
  { step, steps }: Tries,
): { readonly code: FindingCode; readonly params?: Finding['params'] } {
  const entries = steps.filter(({ kind }) => kind === 'signIn').flatMap((tried) => tried.entries);
  const keys = entriesOf(entries, 'auth-trying-key');
  const methods = String(entriesOf(entries, 'auth-methods-offered').at(-1)?.params.methods ?? '');
  const hasFirstFactor = entriesOf(entries, 'auth-partial').length > 0;
  if (error.code === 'no-authentication-method') return { code: 'method-not-offered' };
  if (hasFirstFactor) return { code: 'answers-refused' };
  if (error.code === 'password-refused') return { code: 'password-refused' };
  const unsigned = entriesOf(entries, 'auth-key-not-signing').at(-1);
  if (unsigned !== undefined) return { code: 'key-cannot-sign', params: { ...unsigned.params } };
  const params = { count: keys.length, fingerprint: String(keys.at(-1)?.params.fingerprint ?? '') };
  if (methods !== '' && !methods.split(', ').includes('publickey'))
    return { code: 'method-not-offered', params: { ...params, methods } };
  const listed = entriesOf(
    steps.flatMap((each) => each.entries),
    'agent-keys-listed',
  );
  const heldCount = Number(listed.at(-1)?.params.count ?? 1);
  // OpenSSH hangs up at MaxAuthTries, with keys left that it never saw.
  if (error.params.disconnectReason !== undefined && keys.length < heldCount)
    return { code: 'tries-used-up', params: { ...params, heldCount } };
  return { code: step.method === 'agent' && keys.length > 1 ? 'agent-keys-refused' : 'key-refused', params };
}

const entriesOf = (entries: readonly LogEntry[], code: LogCode): readonly LogEntry[] =>
  entries.filter((entry) => entry.code === code);

/** Fingerprints of the keys that were tried. */
export function triedFingerprints(steps: readonly DiagnosisStep[]): readonly string[] {
  const entries = steps.flatMap((step) => step.entries);
  return entriesOf(entries, 'auth-trying-key').map(({ params }) => String(params.fingerprint));
}
