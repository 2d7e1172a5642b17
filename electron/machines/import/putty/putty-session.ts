import type { ImportKey, ImportRemark } from '../../../../shared/model/import-plan';
import { emptyMachineDraft, type Identity, usualAgent } from '../../../../shared/model/machine';
import { type ImportCandidate, remark } from '../complete-plan';
import { parseForwardings } from './putty-forwardings';
import { routeOf } from './putty-route';
import { numberOf, type PuttySession, textOf } from './putty-settings';

interface PuttyEntries {
  readonly candidates: readonly ImportCandidate[];
  readonly remarks: readonly ImportRemark[];
}

/** The session that PuTTY starts from; it need not lead anywhere. */
const defaultSession = 'Default Settings';

/** Settings that change what a login does and have no counterpart, with the values that switch them on. */
const unsupportedOptions: readonly { readonly name: string; readonly isSet: (value: string) => boolean }[] = [
  { name: 'RemoteCommand', isSet: (value) => value !== '' },
  { name: 'SSHManualHostKeys', isSet: (value) => value !== '' },
  { name: 'DetachedCertificate', isSet: (value) => value !== '' },
  { name: 'Environment', isSet: (value) => value !== '' },
  { name: 'X11Forward', isSet: (value) => value === '1' },
  { name: 'Compression', isSet: (value) => value === '1' },
];

/** What becomes of PuTTY's saved sessions; those that are no SSH are named in the remarks. */
export function readPuttySessions(sessions: readonly PuttySession[], localUser: string): PuttyEntries {
  const candidates: ImportCandidate[] = [];
  const remarks: ImportRemark[] = [];
  const saved = sessions.filter(
    (session) => session.name !== defaultSession || textOf(session, 'HostName') !== '',
  );
  const sshNames = new Set(saved.filter(isSsh).map(({ name }) => name));
  const keyOfSession = (name: string): ImportKey | null => (sshNames.has(name) ? keyOf(name) : null);
  for (const session of saved) {
    const { name, line } = session;
    if (isSsh(session)) candidates.push(candidateOf(session, localUser, keyOfSession));
    else remarks.push(remark('entry-not-ssh', { name, type: textOf(session, 'Protocol') }, line));
  }
  return { candidates, remarks };
}

const keyOf = (name: string): ImportKey => `session:${name}`.slice(0, 900) as ImportKey;
/** What PuTTY would not take for SSH, which is what it takes for granted. */
const otherProtocols = ['raw', 'telnet', 'rlogin', 'serial', 'supdup', 'ssh-connection'];
const isSsh = (session: PuttySession): boolean => !otherProtocols.includes(textOf(session, 'Protocol'));

function candidateOf(
  session: PuttySession,
  localUser: string,
  keyOfSession: (name: string) => ImportKey | null,
): ImportCandidate {
  const identity = identityOf(session);
  const { route, remarks } = routeOf(session, identity, { localUser, keyOfSession });
  const forwardings = parseForwardings(textOf(session, 'PortForwardings'), {
    isLocalForAll: numberOf(session, 'LocalPortAcceptAll', 0) === 1,
    isRemoteForAll: numberOf(session, 'RemotePortAcceptAll', 0) === 1,
  });
  const { id: _, groupId: __, ...draft } = emptyMachineDraft;
  return {
    key: keyOf(session.name),
    machine: {
      ...draft,
      name: session.name,
      route,
      identity,
      forwardsAgent: numberOf(session, 'AgentFwd', 0) === 1,
    },
    groupPath: [],
    tunnels: forwardings.tunnels,
    remarks: [
      ...remarks,
      ...forwardings.remarks,
      ...unsupportedOptions
        .filter(({ name, isSet }) => isSet(textOf(session, name)))
        .map(({ name }) => remark('option-unsupported', { option: name })),
    ].map((found) => ({ ...found, line: session.line })),
  };
}

/** PuTTY tries the key file, Pageant and a password in turn; here the most certain of them is chosen. */
function identityOf(session: PuttySession): Identity {
  const path = textOf(session, 'PublicKeyFile');
  if (path !== '') return { kind: 'keyFile', path };
  return numberOf(session, 'TryAgent', 1) === 0 ? { kind: 'password' } : usualAgent;
}
