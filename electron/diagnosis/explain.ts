import type { AppError } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/error-codes';
import type { DiagnosisStep, StepKind } from '../../shared/model/diagnosis';
import type { Finding, FindingCode } from '../../shared/model/diagnosis-finding';
import type { Hop } from '../../shared/model/way';
import { redactSecrets } from '../../shared/util/redact-secrets';
import { explainRefusal } from './explain-refusal';
import { similarName } from './similar-name';

/** What is known of this computer and of the user's machines. */
export interface Surroundings {
  /** Addresses of the name servers that this computer asks. */
  readonly resolvers: readonly string[];
  /** No network interface leads out of this computer. */
  readonly isOffline: boolean;
  /** Names of servers that the user has dealt with. */
  readonly knownNames: readonly string[];
}

export interface Circumstances extends Surroundings {
  /** Null: on this computer. */
  readonly hop: Hop | null;
  readonly step: DiagnosisStep;
  /** All steps of the same hop. */
  readonly steps: readonly DiagnosisStep[];
  /** It took the password and then asked for a new one. */
  readonly wantsNewPassword: boolean;
}

/** Errors that mean the same whenever they come. */
const plainCodes: Partial<Readonly<Record<ErrorCode, FindingCode>>> = {
  'jump-loop': 'route-loop',
  'jump-machine-missing': 'route-jump-missing',
  'key-file-not-found': 'key-missing',
  'key-file-unreadable': 'key-unreadable',
  'key-file-unsupported': 'key-unsupported',
  'key-file-damaged': 'key-damaged',
  'wrong-passphrase': 'passphrase-wrong',
  'agent-unavailable': 'agent-unreachable',
  'agent-has-no-keys': 'agent-empty',
  'proxy-unreachable': 'proxy-unreachable',
  'proxy-not-understood': 'proxy-not-understood',
  'proxy-sign-in-needed': 'proxy-sign-in-needed',
  'proxy-sign-in-refused': 'proxy-sign-in-refused',
  'proxy-forbids': 'proxy-forbids',
  'proxy-cannot-reach': 'proxy-cannot-reach',
  'jump-forbids-forwarding': 'jump-forbids-forwarding',
  'jump-cannot-reach': 'jump-cannot-reach',
  'connection-refused': 'port-refused',
  'no-common-algorithm': 'algorithms-none-common',
  'only-old-algorithms': 'algorithms-only-old',
  'handshake-failed': 'handshake-broken',
  'host-key-not-accepted': 'host-key-not-trusted',
  'host-key-changed': 'host-key-changed',
  'host-key-revoked': 'host-key-revoked',
  'known-hosts-unreadable': 'known-hosts-unreadable',
};

/** Why the step failed that was under way: pure. What it does not know is named by its error code alone. */
export function explain(error: AppError, circumstances: Circumstances): Finding {
  const { code, params } = codeFor(error, circumstances);
  const { hop } = circumstances;
  const place = hop === null ? {} : { host: hop.host, port: hop.port, user: hop.user };
  const said = code === 'account-refused' ? bannersOf(circumstances.step) : [];
  const quotes = [...error.details, ...said].filter((line) => line.trim() !== '').map(redactSecrets);
  return { code, params: { ...place, ...error.params, ...params }, quotes, commands: [] };
}

interface Explained {
  readonly code: FindingCode;
  readonly params?: Finding['params'];
}

function codeFor(error: AppError, circumstances: Circumstances): Explained {
  const plain = plainCodes[error.code];
  if (plain !== undefined) return { code: plain };
  switch (error.code) {
    case 'cancelled':
      return { code: circumstances.wantsNewPassword ? 'password-expired' : 'answer-not-given' };
    case 'host-not-found':
      return explainName(error, circumstances);
    case 'network-unreachable':
      return { code: circumstances.isOffline ? 'offline' : 'network-unreachable' };
    case 'connection-timed-out':
      return { code: silenceAt(circumstances) };
    case 'connection-lost':
      return { code: explainCutOff(circumstances.step) };
    case 'not-an-ssh-server':
      return { code: `greeting-${greetingOf(error)}` };
    case 'key-refused':
    case 'password-refused':
    case 'no-authentication-method':
      return explainRefusal(error, circumstances);
    default:
      return { code: 'unexpected', params: { errorCode: error.code } };
  }
}

/** The name has no address: because of how it is written, or because nobody could be asked. */
function explainName(error: AppError, { hop, resolvers, isOffline, knownNames }: Circumstances): Explained {
  const host = hop?.host ?? '';
  const params = { resolvers: resolvers.join(', ') };
  const similar = similarName(host, knownNames);
  if (similar !== null) return { code: 'name-misspelt', params: { ...params, similar } };
  if (isOffline) return { code: 'offline', params };
  const { reason } = error.params;
  if (reason === 'EAI_AGAIN' || reason === 'EAI_FAIL') return { code: 'resolver-silent', params };
  return { code: host.includes('.') ? 'name-unknown' : 'name-unqualified', params };
}

function silenceAt({ step, isOffline }: Circumstances): FindingCode {
  if (step.kind === 'reach' || step.kind === 'name') return isOffline ? 'offline' : 'port-filtered';
  if (step.kind === 'greeting') return 'greeting-silent';
  return step.kind === 'signIn' ? 'sign-in-slow' : 'handshake-broken';
}

const cutOffAt: Partial<Readonly<Record<StepKind, FindingCode>>> = {
  name: 'reach-cut-off',
  reach: 'reach-cut-off',
  greeting: 'greeting-hung-up',
  algorithms: 'handshake-broken',
  hostKey: 'handshake-broken',
  signIn: 'sign-in-cut-off',
};

/** PAM says why by what SSH calls a banner. */
const bannersOf = ({ entries }: DiagnosisStep): readonly string[] =>
  entries.filter(({ code }) => code === 'server-banner').map(({ params }) => String(params.text));

function explainCutOff({ kind, entries }: DiagnosisStep): FindingCode {
  const last = entries.findLast(({ code }) => code !== 'server-banner');
  const wasTried =
    last?.code === 'auth-trying-key' || (last?.code === 'auth-trying' && last.params.method === 'password');
  // What is wrong is answered; OpenSSH hangs up on who is right but may not come in (auth2.c, do_pam_account).
  if (kind === 'signIn' && wasTried) return 'account-refused';
  return cutOffAt[kind] ?? 'connection-lost';
}

function greetingOf(error: AppError) {
  const kinds = ['web-server', 'encrypted', 'busy', 'penalty'] as const;
  return kinds.find((kind) => kind === error.params.greeting) ?? 'other';
}
