import type { ConnectionState } from '../../shared/model/connection';
import { redactSecrets } from '../../shared/util/redact-secrets';

/** What is to be known of an app that has trouble; nothing in it says which machines it is about. */
export interface DiagnosticsFacts {
  readonly version: string;
  readonly isPackaged: boolean;
  readonly electronVersion: string;
  readonly chromiumVersion: string;
  readonly nodeVersion: string;
  /** Name, release and processor of the system. */
  readonly system: string;
  readonly language: string;
  /** Of Nuvem's own texts. */
  readonly textLanguage: string;
  readonly keepsSecrets: boolean;
  readonly hasTray: boolean;
  readonly uptimeSeconds: number;
  /** One for each machine. */
  readonly machines: readonly {
    readonly connection: ConnectionState['kind'];
    /** Null: nobody has looked. */
    readonly notebooks: number | null;
    readonly tunnels: number;
  }[];
  readonly openPages: number;
  readonly logLines: readonly string[];
  /** The user's home, which has their name in it. */
  readonly home: string;
}

const connectionWords: Readonly<Record<ConnectionState['kind'], string>> = {
  idle: 'not connected',
  connecting: 'connecting',
  awaitingHostKey: 'asks about a host key',
  authenticating: 'signing in',
  ready: 'connected',
  waitingToRetry: 'lost, tries again',
  closing: 'disconnecting',
  closed: 'disconnected',
  failed: 'failed',
};

/**
 * What the user may send to whoever can help, in English for them: versions, states in words, the log's end. Secrets,
 * the home folder and the names of machines are not in it, as far as the log's own lines can be told.
 */
export function diagnosticsText(facts: DiagnosticsFacts): string {
  const { machines, logLines, home } = facts;
  const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');
  const shown = machines.filter(({ connection, notebooks }) => connection !== 'idle' || notebooks !== null);
  return [
    `Nuvem ${facts.version} (${facts.isPackaged ? 'packaged' : 'from a checkout'})`,
    `Electron ${facts.electronVersion}, Chromium ${facts.chromiumVersion}, Node.js ${facts.nodeVersion}`,
    `System: ${facts.system}`,
    `Language: ${facts.language}, shown in ${facts.textLanguage}`,
    `Keyring: ${yesOrNo(facts.keepsSecrets)}; tray: ${yesOrNo(facts.hasTray)}`,
    `Running for ${Math.round(facts.uptimeSeconds / 60)} min, ${facts.openPages} pages open`,
    '',
    `Machines: ${machines.length}, used in this run: ${shown.length}`,
    ...shown.map(
      ({ connection, notebooks, tunnels }, index) =>
        `  machine ${index + 1}: ${connectionWords[connection]}, ` +
        `notebooks: ${notebooks ?? 'not looked for'}, tunnels: ${tunnels}`,
    ),
    '',
    'Log:',
    ...(logLines.length === 0 ? ['  nothing'] : logLines.map((line) => `  ${withoutPerson(line, home)}`)),
    '',
  ].join('\n');
}

/** A line of the log as it may leave the computer. */
function withoutPerson(line: string, home: string): string {
  const redacted = redactSecrets(line);
  return home === '' ? redacted : redacted.replaceAll(home, '~');
}
