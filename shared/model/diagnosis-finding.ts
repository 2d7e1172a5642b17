import { z } from 'zod';

/** What Nuvem itself can do about a finding; the window shows it as a button. */
export const remedies = [
  'retry',
  'edit-machine',
  'replace-host-key',
  'allow-old-algorithms',
  'mend-key-file',
  'show-keys',
  /** Sign in by password, to look at the permissions of the key's files there. */
  'look-inside',
] as const;
export type Remedy = (typeof remedies)[number];

interface FindingTraits {
  /** `advice`: the connection works all the same. */
  readonly weight: 'failure' | 'advice';
  readonly remedies: readonly Remedy[];
}

const failure = (...offered: Remedy[]): FindingTraits => ({ weight: 'failure', remedies: offered });
const advice = (...offered: Remedy[]): FindingTraits => ({ weight: 'advice', remedies: offered });

/**
 * Everything that the diagnosis can find. The texts are `diagnosis:finding.<code>.what` (what is wrong, in words)
 * and `.todo` (what to do). The facts that they name stand beside each code.
 */
export const findingTable = {
  // The route, on this computer
  'route-loop': failure('edit-machine'), // machine
  'route-jump-missing': failure('edit-machine'), // machine

  // The identity, on this computer
  'key-missing': failure('edit-machine', 'show-keys'), // path
  'key-unreadable': failure('edit-machine', 'show-keys'), // path
  'key-unsupported': failure('edit-machine', 'show-keys'), // path
  'key-damaged': failure('edit-machine', 'show-keys'), // path
  'key-open-to-others': advice('mend-key-file'), // path
  'passphrase-wrong': failure('retry'), // path
  'agent-unreachable': failure('retry', 'edit-machine'),
  'agent-empty': failure('retry', 'edit-machine'),
  'answer-not-given': failure('retry'),

  // Name
  offline: failure('retry'), // host
  'name-unknown': failure('edit-machine'), // host, resolvers
  'name-misspelt': failure('edit-machine'), // host, resolvers, similar
  'name-unqualified': failure('edit-machine'), // host, resolvers
  'resolver-silent': failure('retry'), // host, resolvers

  // Proxy and jump host
  'proxy-unreachable': failure('edit-machine'), // proxy
  'proxy-not-understood': failure('edit-machine'), // proxy
  'proxy-sign-in-needed': failure('edit-machine'), // proxy
  'proxy-sign-in-refused': failure('retry', 'edit-machine'), // proxy, user
  'proxy-forbids': failure('edit-machine'), // proxy, host, port
  'proxy-cannot-reach': failure('edit-machine'), // proxy, host, port
  'jump-forbids-forwarding': failure('edit-machine'), // via, host, port
  'jump-cannot-reach': failure('edit-machine'), // via, host, port

  // TCP
  'port-refused': failure('edit-machine'), // host, port
  'port-filtered': failure('retry', 'edit-machine'), // host, port
  'network-unreachable': failure('retry'), // host
  'reach-cut-off': failure('retry'), // host, port

  // Greeting
  'greeting-silent': failure('retry', 'edit-machine'), // host, port
  'greeting-hung-up': failure('retry'), // host, port
  'greeting-web-server': failure('edit-machine'), // host, port
  'greeting-encrypted': failure('edit-machine'), // host, port
  'greeting-other': failure('edit-machine'), // host, port
  'greeting-busy': failure('retry'), // host
  'greeting-penalty': failure('retry'), // host

  // Algorithms
  'algorithms-none-common': failure('edit-machine'), // kind, offered, ours
  'algorithms-only-old': failure('allow-old-algorithms'), // kind, offered, ours
  'handshake-broken': failure('retry'), // host, port

  // Host key
  'host-key-not-trusted': failure('retry'), // host
  'host-key-changed': failure('replace-host-key'), // host, oldFingerprint, newFingerprint, file, line
  'host-key-revoked': failure('edit-machine'), // host, fingerprint, file, line
  'known-hosts-unreadable': failure('retry'), // path

  // Signing in
  'key-refused': failure('look-inside', 'edit-machine', 'show-keys'), // user, host, fingerprint
  'agent-keys-refused': failure('look-inside', 'edit-machine'), // user, host, count
  'tries-used-up': failure('look-inside', 'edit-machine'), // user, host, count
  'key-cannot-sign': failure('retry', 'edit-machine'), // fingerprint
  'account-refused': failure('retry'), // user, host
  'password-refused': failure('retry', 'edit-machine'), // user, host
  'password-expired': failure('retry'), // user, host
  'answers-refused': failure('retry'), // user, host
  'method-not-offered': failure('edit-machine'), // methods, user, host
  'sign-in-cut-off': failure('retry'), // user, host
  'sign-in-slow': failure('retry'), // host

  // Inside: a command
  'sessions-refused': failure('retry'), // host
  'shell-ends': failure('edit-machine'), // user, host, exitCode
  'command-forced': failure('edit-machine'), // user, host
  'shell-chatty': advice(), // host

  // Inside: what is needed to work there
  'home-missing': failure('edit-machine'), // path, user
  'home-not-writable': failure('edit-machine'), // path, user
  'disk-full': failure('retry'), // path
  'temp-not-writable': failure('retry'), // path
  'clock-ahead': advice('retry'), // minutes, host
  'clock-behind': advice('retry'), // minutes, host
  'tcp-forwarding-off': failure('edit-machine'), // host
  'socket-forwarding-off': advice(), // host

  // Inside: the files by which keys sign in
  'permissions-wrong': failure('retry'), // paths, user
  'key-not-listed': failure('show-keys', 'retry'), // path, user
  'permissions-fine': advice(), // user, host

  // Any step
  'connection-lost': failure('retry'), // host
  unexpected: failure('retry', 'edit-machine'), // errorCode, and the parameters of that error
} as const satisfies Readonly<Record<string, FindingTraits>>;

export type FindingCode = keyof typeof findingTable;
const findingCodes = Object.keys(findingTable) as [FindingCode, ...FindingCode[]];

export const Finding = z.strictObject({
  code: z.enum(findingCodes),
  /** Never a secret. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** What the other side said, verbatim but for what looks like a secret. */
  quotes: z.array(z.string()).readonly(),
  /** Shell lines that mend it when run on the machine. May be empty. */
  commands: z.array(z.string()).readonly(),
});
export type Finding = Readonly<z.infer<typeof Finding>>;
