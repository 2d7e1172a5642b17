import { randomBytes, randomUUID } from 'node:crypto';
import { shell } from 'electron';
import type { BrowserDoorId, BrowserDoorList } from '../../shared/model/browser-door';
import type { TabId } from '../../shared/model/tab';
import type { TabService } from '../desktop/tabs';
import type { TextOf } from '../desktop/texts';
import type { TrustedCertificates } from '../desktop/trusted-certificates';
import { BrowserAccess } from '../gateway/browser-access/browser-access';
import { clientUser } from '../gateway/browser-access/client-user';
import { certificatePage, refusalPage } from '../gateway/browser-access/refusal-page';
import { systemClock } from '../system/clock';
import type { Remote } from './remote';

interface BrowserAccessDependencies {
  readonly tabs: TabService;
  readonly remote: Remote;
  readonly certificates: Pick<TrustedCertificates, 'fingerprintOf'>;
  readonly textOf: TextOf;
  readonly onChanged: (list: BrowserDoorList) => void;
}

/** Makes the way by which the system's browser uses servers of machines. */
export function makeBrowserAccess({
  tabs,
  remote,
  certificates,
  textOf,
  onChanged,
}: BrowserAccessDependencies) {
  const browserAccess = new BrowserAccess({
    openGateway: (machineId) => remote.gateways.open(machineId),
    trustedFingerprint: (machineId, host) => certificates.fingerprintOf(machineId, host),
    openInBrowser: (url) => shell.openExternal(url),
    newId: () => randomUUID() as BrowserDoorId,
    randomSecret: () => randomBytes(32).toString('base64url'),
    clock: systemClock,
    // A name of its own keeps the cookie from other ports of this computer. Safari does not know such names.
    hostnameFor: (label) => (process.platform === 'darwin' ? '127.0.0.1' : `${label}.localhost`),
    // Linux shows everybody the command lines of browsers, and so the ticket; the other systems do not.
    isOwnClient: async (client) =>
      process.platform !== 'linux' || (await clientUser(client)) === process.getuid?.(),
    refusalPage: () => refusalPage(textOf),
    certificatePage: () => certificatePage(textOf),
    onChanged,
  });
  /** Shows a tab's page in the system's browser. */
  const openTabInBrowser = async (tabId: TabId): Promise<void> => {
    const tab = tabs.find(tabId);
    if (tab !== undefined) await browserAccess.open({ ...tab, url: tab.address });
  };
  return { browserAccess, openTabInBrowser };
}
