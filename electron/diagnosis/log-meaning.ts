import type { StepKind } from '../../shared/model/diagnosis';
import type { LogCode } from '../../shared/model/log-entry';

/** What an entry of the connection log says about the course of a diagnosis. */
interface Meaning {
  readonly kind: StepKind;
  /** True: the step is over, else it has begun. */
  readonly isOver: boolean;
}

const begins = (kind: StepKind): Meaning => ({ kind, isOver: false });
const ends = (kind: StepKind): Meaning => ({ kind, isOver: true });

const meanings: Partial<Readonly<Record<LogCode, Meaning>>> = {
  'proxy-connecting': begins('proxy'),
  'proxy-command-started': begins('proxy'),
  'session-plugin-started': begins('proxy'),
  'proxy-connected': ends('proxy'),
  'name-resolved': ends('name'),
  'tcp-connected': ends('reach'),
  'jump-connected': ends('reach'),
  'server-version': ends('greeting'),
  'host-key-trusted': begins('hostKey'),
  'host-key-unknown': begins('hostKey'),
  'host-key-changed': begins('hostKey'),
  'host-key-revoked': begins('hostKey'),
  // Said once the server has proven to own the key, too.
  'algorithms-agreed': ends('hostKey'),
  'auth-trying': begins('signIn'),
  'auth-trying-key': begins('signIn'),
  'auth-partial': ends('signIn'),
  'auth-succeeded': ends('signIn'),
};

/** What `code` says about the course; null for an entry that only tells more about the present step. */
export const meaningOf = (code: LogCode): Meaning | null => meanings[code] ?? null;
