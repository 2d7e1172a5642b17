import type { WebContents } from 'electron';
import type { TabId } from '../../shared/model/tab';
import type { TabService } from './tabs';
import type { TrustedCertificates } from './trusted-certificates';

interface TabTravelDependencies {
  readonly tabs: Pick<TabService, 'find' | 'wentTo' | 'hinder'>;
  readonly pages: { pageOf(tabId: TabId): Pick<WebContents, 'loadURL'> | undefined };
  readonly certificates: Pick<TrustedCertificates, 'trust'>;
}

/** Takes the page of a tab where the user says. Only for pages that are no notebooks: those hold work. */
export class TabTravel {
  constructor(private readonly deps: TabTravelDependencies) {}

  /** Shows another page of the machine. From now on its server counts as one that the user has opened. */
  go(tabId: TabId, url: string): void {
    const tab = this.deps.tabs.find(tabId);
    if (tab === undefined || tab.serverId !== null) return;
    this.deps.tabs.wentTo(tabId, url);
    this.#load(tabId, url);
  }

  /**
   * Trusts the certificate that hinders a tab, if it still is that one, and shows the page.
   * @throws store-disk-full, store-write-failed
   */
  trustCertificate(tabId: TabId, fingerprint: string): void {
    const tab = this.deps.tabs.find(tabId);
    if (tab?.hindrance.kind !== 'certificate' || tab.hindrance.fingerprint !== fingerprint) return;
    this.deps.certificates.trust(tab.machineId, tab.hindrance.host, fingerprint);
    this.deps.tabs.hinder(tabId, { kind: 'none' });
    this.#load(tabId, tab.address);
  }

  #load(tabId: TabId, url: string): void {
    // The page itself tells the user of a failure; here it would be told twice.
    this.deps.pages
      .pageOf(tabId)
      ?.loadURL(url)
      .catch(() => undefined);
  }
}
