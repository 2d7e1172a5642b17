import { z } from 'zod';
import { MachineId } from './machine';

/**
 * What a connection log can say; the texts are `log.<code>` in both catalogues, the parameters stand beside
 * each code. `method` and `kind` are names to be translated, `errorCode` names a text of `errors`, whose own
 * parameters come along. On a way over jump hosts `hop` names the server that an entry is about.
 */
export const logCodes = [
  'connect-started', // host, port, user
  'proxy-connecting', // proxy, host, port
  'proxy-connected', // proxy
  'proxy-command-started', // command
  'proxy-command-said', // text
  'jump-connected', // via, host, port
  'instance-found', // instance, host
  'instance-starting', // instance
  'instance-not-up-yet', // instance, errorCode
  'instance-not-looked-up', // host, errorCode
  'instance-key-pushed', // instance, user, fingerprint
  'session-tried', // errorCode
  'session-opened', // instance
  'session-plugin-started', // path
  'session-not-ended', // instance, errorCode
  'console-read', // instance, count
  'console-not-read', // instance, errorCode
  'key-loaded', // path, keyType, fingerprint
  'agent-keys-listed', // count
  'agent-forwarded', // path
  'agent-not-forwarded',
  'name-resolved', // host, addresses
  'tcp-connected', // address, port
  'server-version', // version
  'algorithms-agreed', // keyExchange, hostKey, cipher, mac
  'host-key-trusted', // keyType, fingerprint, file, line
  'host-key-unknown', // keyType, fingerprint
  'host-key-vouched', // keyType, fingerprint
  'host-key-contradicted', // keyType, fingerprint
  'host-key-accepted', // keyType, fingerprint
  'host-key-rejected', // keyType, fingerprint
  'host-key-changed', // keyType, oldFingerprint, newFingerprint, file, line
  'host-key-revoked', // keyType, fingerprint, file, line
  'host-key-saved', // keyType, fingerprint
  'host-certificate-shown', // keyId, authority
  'host-certificate-not-trusted', // keyId, authority
  'host-key-not-saved', // errorCode, path
  'auth-methods-offered', // methods
  'auth-trying', // method: none | publickey | agent | password | keyboard-interactive
  'auth-trying-key', // method: publickey | agent, keyType, fingerprint
  'auth-key-unsupported', // keyType, fingerprint
  'auth-key-not-signing', // fingerprint
  'auth-refused', // method
  'auth-partial', // method, methods (still wanted)
  'auth-succeeded', // method
  'prompt-asked', // kind: passphrase | password | keyboardInteractive | hostKey
  'prompt-cancelled', // kind
  'secret-from-vault', // kind: passphrase | password
  'secret-remembered', // kind
  'secret-not-remembered', // kind, errorCode
  'server-banner', // text
  'ready', // elapsedMs
  'keepalive-missed', // missed, allowed
  'lost', // errorCode
  'retry-scheduled', // retryNumber, delayMs
  'retry-now', // retryNumber
  'retries-paused',
  'retries-given-up', // hours
  'resumed-from-sleep',
  'network-changed',
  'network-gone',
  'failed', // errorCode
  'disconnecting',
  'disconnected',
  'notebook-searching',
  'notebook-found', // count
  'notebook-none-found',
  'notebook-starting', // folder
  'notebook-started', // address, detachedBy
  'notebook-stopped', // address
  'notebook-failed', // errorCode
  'notebook-output-not-kept',
  'notebook-idle-counted-here',
  'notebook-ended-idle', // folder
  'gateway-opened', // port
  'tunnel-opened', // listen
  'tunnel-closed', // listen
  'tunnel-failed', // listen, errorCode
] as const;

export const LogEntry = z.strictObject({
  /** Grows by one with each entry of a machine's log. */
  sequence: z.number().int(),
  atMs: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  code: z.enum(logCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type LogEntry = Readonly<z.infer<typeof LogEntry>>;
export type LogCode = LogEntry['code'];

export const LogBatch = z.strictObject({ machineId: MachineId, entries: z.array(LogEntry).readonly() });
export type LogBatch = Readonly<z.infer<typeof LogBatch>>;
