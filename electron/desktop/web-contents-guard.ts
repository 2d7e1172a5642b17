import type { App, BrowserWindow, Certificate, WebContents } from 'electron';
import type { TabId, WebTab } from '../../shared/model/tab';
import { assertNever } from '../../shared/util/assert-never';
import type { NoticeBoard } from './notice-board';
import { shownHost } from './shown-host';
import type { TabPages } from './tab-pages';
import type { TabService } from './tabs';
import type { TrustedCertificates } from './trusted-certificates';
import {
  type Denial,
  judgeAttachment,
  judgeCertificateError,
  judgeNavigation,
  judgePopup,
  judgeWindowNavigation,
  type OpenExternally,
  type OpenTab,
} from './web-policy';

interface GuardDependencies {
  readonly app: App;
  readonly appOrigin: string;
  /** The id of the app window's web contents; null while there is none. */
  readonly ownWindowId: () => number | null;
  readonly tabs: TabService;
  readonly pages: TabPages;
  readonly certificates: Pick<TrustedCertificates, 'fingerprintOf'>;
  readonly notices: NoticeBoard;
  readonly openExternally: (url: string) => void;
  /** A tab's page was attached: the place for what else wants to know of it. */
  readonly onPageAttached: (contents: WebContents, tabId: TabId) => void;
  readonly log: (message: string) => void;
}

/** A hidden window that has become neither a page nor a download by then never will. */
const popupLifeMs = 30_000;

/**
 * Holds every web contents of the app to `web-policy.ts`: the app's window, the pages in its tabs, the hidden
 * windows these open. Web contents that are none of these may do nothing.
 */
export class WebContentsGuard {
  constructor(private readonly deps: GuardDependencies) {}

  /** From now on, `present` and every web contents that is made is watched. */
  watch(present: readonly WebContents[]): void {
    for (const contents of present) this.#watch(contents);
    this.deps.app.on('web-contents-created', (_event, contents) => this.#watch(contents));
    this.deps.app.on(
      'certificate-error',
      (event, contents, url, error, certificate, callback, isMainFrame) => {
        event.preventDefault();
        const isTrusted = this.#isCertificateTrusted(contents, url, certificate, isMainFrame);
        callback(isTrusted);
        if (!isTrusted) this.deps.log(`certificate refused: ${error} at ${shownHost(url)}`);
      },
    );
    this.deps.app.on('select-client-certificate', (event, _contents, _url, _certificates, callback) => {
      event.preventDefault();
      callback();
    });
  }

  #watch(contents: WebContents): void {
    // The developer tools are a page of Chromium's own.
    if (contents.getType() === 'remote') return;
    // Electron emits the two events of one webview together, one right after the other.
    let attachingTabId: TabId | null = null;
    contents.on('will-attach-webview', (event, webPreferences, params) => {
      attachingTabId = null;
      delete webPreferences.preload;
      webPreferences.sandbox = true;
      webPreferences.contextIsolation = true;
      webPreferences.nodeIntegration = false;
      webPreferences.nodeIntegrationInSubFrames = false;
      webPreferences.webSecurity = true;
      webPreferences.webviewTag = false;
      webPreferences.spellcheck = false;
      webPreferences.allowRunningInsecureContent = false;
      webPreferences.experimentalFeatures = false;
      webPreferences.nodeIntegrationInWorker = false;
      delete webPreferences.enableBlinkFeatures;
      // The one attribute by which a `<webview>` can say whose it is.
      const { tabId = '' } = webPreferences as { tabId?: string };
      Reflect.deleteProperty(webPreferences, 'tabId');
      const { src = '', partition = '' } = params;
      const verdict = this.#judgeAttachment(contents, { tabId, src, partition });
      if (verdict.kind === 'deny') {
        event.preventDefault();
        this.deps.log(`webview refused: ${verdict.reason}`);
        return;
      }
      attachingTabId = verdict.tabId;
    });
    contents.on('did-attach-webview', (_event, guest) => {
      if (attachingTabId !== null) this.#adopt(guest, attachingTabId);
      attachingTabId = null;
    });
    contents.on('will-frame-navigate', (details) => {
      const verdict = this.#judgeNavigation(contents, details.url, details.isMainFrame);
      if (verdict.kind === 'allow') return;
      details.preventDefault();
      this.#carryOut(contents, verdict, details.url, 'navigation-blocked');
    });
    contents.setWindowOpenHandler(({ url }) => {
      const page = this.deps.pages.find(contents.id);
      const verdict =
        page === undefined
          ? this.#judgeWindowOpen(contents, url)
          : judgePopup({
              url,
              ownOrigins: this.#ownOrigins(page.tabId),
              sinceInputMs: this.deps.pages.sinceInputMs(contents.id),
            });
      if (verdict.kind === 'hiddenWindow')
        return { action: 'allow', overrideBrowserWindowOptions: hiddenWindow };
      this.#carryOut(contents, verdict, url, 'popup-blocked');
      return { action: 'deny' };
    });
    contents.on('did-create-window', (popup) => this.#adoptPopup(contents, popup));
  }

  #judgeAttachment(
    embedder: WebContents,
    wanted: Parameters<typeof judgeAttachment>[0],
  ): ReturnType<typeof judgeAttachment> {
    if (embedder.id !== this.deps.ownWindowId()) return { kind: 'deny', reason: 'not-the-app' };
    return judgeAttachment(wanted, this.deps.tabs.list().tabs);
  }

  #judgeNavigation(
    contents: WebContents,
    url: string,
    isMainFrame: boolean,
  ): ReturnType<typeof judgeNavigation> {
    const page = this.deps.pages.find(contents.id);
    if (page === undefined) return this.#judgeWindowOpen(contents, url);
    return judgeNavigation({
      url,
      isMainFrame,
      isNotebook: !page.isPopup && this.deps.tabs.find(page.tabId)?.serverId !== null,
      ownOrigins: this.#ownOrigins(page.tabId),
      sinceInputMs: this.deps.pages.sinceInputMs(contents.id),
    });
  }

  /** For web contents that show no tab: the app's window may show the app, anything else nothing. */
  #judgeWindowOpen(contents: WebContents, url: string): ReturnType<typeof judgeWindowNavigation> {
    if (contents.id !== this.deps.ownWindowId()) return { kind: 'deny', reason: 'not-an-open-tab' };
    return judgeWindowNavigation(url, this.deps.appOrigin);
  }

  #ownOrigins(tabId: TabId): readonly string[] {
    const tab = this.deps.tabs.find(tabId);
    return tab === undefined ? [] : this.deps.tabs.originsOf(tab.partition);
  }

  /** Of a tab's page or of a window that it opened: whether the user trusts the certificate; if not, they are asked. */
  #isCertificateTrusted(
    contents: WebContents,
    url: string,
    { fingerprint, issuerName, validExpiry }: Certificate,
    isMainFrame: boolean,
  ): boolean {
    const page = this.deps.pages.find(contents.id);
    const tab = page && this.deps.tabs.find(page.tabId);
    if (page === undefined || tab === undefined || !URL.canParse(url)) return false;
    const { host } = new URL(url);
    const trusted = this.deps.certificates.fingerprintOf(tab.machineId, host);
    if (judgeCertificateError(fingerprint, trusted).kind === 'allow') return true;
    if (!isMainFrame) return false;
    if (page.isPopup) {
      // It is asked in a tab, where the same happens again.
      this.#openBeside(tab, url);
      return false;
    }
    this.deps.tabs.wentTo(tab.id, url);
    this.deps.tabs.hinder(tab.id, {
      kind: 'certificate',
      host,
      fingerprint,
      issuer: issuerName,
      validUntilMs: validExpiry * 1000,
      isChanged: trusted !== null,
    });
    return false;
  }

  /** Opens a page that another one leads to; it is a notebook's only if it is of the same server. */
  #openBeside(opener: WebTab, url: string): void {
    const isSameServer = new URL(opener.url).origin === new URL(url).origin;
    const { machineId } = opener;
    if (isSameServer) this.deps.tabs.open({ machineId, serverId: opener.serverId, url, title: opener.title });
    else this.deps.tabs.open({ machineId, serverId: null, url, title: new URL(url).host });
  }

  #carryOut(
    contents: WebContents,
    verdict: OpenTab | OpenExternally | Denial | { readonly kind: 'allow' },
    url: string,
    notice: 'navigation-blocked' | 'popup-blocked',
  ): void {
    switch (verdict.kind) {
      case 'allow':
        return;
      case 'openTab': {
        const page = this.deps.pages.find(contents.id);
        const tab = page && this.deps.tabs.find(page.tabId);
        if (tab !== undefined) this.#openBeside(tab, verdict.url);
        return;
      }
      case 'openExternally':
        this.deps.openExternally(verdict.url);
        this.deps.notices.post('info', 'opened-in-browser', { host: shownHost(url) });
        return;
      case 'deny':
        this.deps.log(`${notice}: ${verdict.reason} (${shownHost(url)})`);
        this.deps.notices.post('warning', notice, { host: shownHost(url) });
        return;
      default:
        assertNever(verdict);
    }
  }

  #isUnresponsive(tabId: TabId): boolean {
    return this.deps.tabs.find(tabId)?.hindrance.kind === 'unresponsive';
  }

  #adopt(guest: WebContents, tabId: TabId): void {
    this.deps.pages.add(tabId, guest, false);
    // WebRTC would go past the gateway and tell this computer's addresses.
    guest.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    guest.on('page-title-updated', (_event, title) => this.deps.tabs.rename(tabId, title));
    guest.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.deps.tabs.hinder(tabId, { kind: 'none' });
    });
    guest.on('did-navigate', (_event, url) => this.deps.tabs.wentTo(tabId, url));
    guest.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (isMainFrame) this.deps.tabs.wentTo(tabId, url);
    });
    guest.on('unresponsive', () => {
      if (this.deps.tabs.find(tabId)?.hindrance.kind === 'none')
        this.deps.tabs.hinder(tabId, { kind: 'unresponsive' });
    });
    guest.on('responsive', () => {
      if (this.#isUnresponsive(tabId)) this.deps.tabs.hinder(tabId, { kind: 'none' });
    });
    guest.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      this.deps.log(`page gone: ${reason}`);
      this.deps.tabs.hinder(tabId, { kind: 'crashed' });
      this.deps.notices.post('error', 'page-crashed', { title: this.deps.tabs.find(tabId)?.title ?? '' });
    });
    this.deps.onPageAttached(guest, tabId);
  }

  #adoptPopup(opener: WebContents, popup: BrowserWindow): void {
    const page = this.deps.pages.find(opener.id);
    const tab = page && this.deps.tabs.find(page.tabId);
    if (tab === undefined) {
      popup.destroy();
      return;
    }
    const contents = popup.webContents;
    this.deps.pages.add(tab.id, contents, true);
    const end = (): void => {
      clearTimeout(timer);
      if (!popup.isDestroyed()) popup.destroy();
    };
    const timer = setTimeout(end, popupLifeMs);
    contents.session.once('will-download', (_event, _item, source) => {
      // Electron still uses the web contents when this event returns.
      if (source?.id === contents.id) setImmediate(end);
    });
    contents.on('did-navigate', (_event, url) => {
      if (url === '' || url.startsWith('about:')) return;
      this.#openBeside(tab, url);
      setImmediate(end);
    });
    opener.once('destroyed', end);
  }
}

/** Never shown; what it loads is judged like the page that opened it. */
const hiddenWindow = {
  show: false,
  skipTaskbar: true,
  webPreferences: {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  },
} as const;
