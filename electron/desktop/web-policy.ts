import type { TabId, WebTab } from '../../shared/model/tab';
import { isInternalHost } from './internal-host';

/**
 * What web pages may do, as pure verdicts from facts. Everything that is not allowed here is denied, and each
 * denial says why; `web-contents-guard.ts` and `machine-session.ts` carry the verdicts out.
 */
export type Denial = {
  readonly kind: 'deny';
  readonly reason:
    | 'not-an-open-tab'
    | 'not-the-app'
    | 'foreign-origin'
    | 'scheme'
    | 'no-recent-input'
    | 'embedded-frame'
    | 'permission-not-granted-to-pages'
    | 'certificate-not-valid'
    | 'not-our-gateway';
};
export type Allowance = { readonly kind: 'allow' };
/** The page stays where it is; the system's browser shows the address. */
export type OpenExternally = { readonly kind: 'openExternally'; readonly url: string };
/** The page stays where it is; a tab of the same machine shows the address. */
export type OpenTab = { readonly kind: 'openTab'; readonly url: string };

const allow: Allowance = { kind: 'allow' };
const deny = (reason: Denial['reason']): Denial => ({ kind: 'deny', reason });

/** A `<webview>` may be attached only for the open tab that it names, with that tab's exact address and partition. */
export function judgeAttachment(
  wanted: { readonly tabId: string; readonly src: string; readonly partition: string },
  tabs: readonly WebTab[],
): { readonly kind: 'attach'; readonly tabId: TabId } | Denial {
  const tab = tabs.find(
    (candidate) =>
      candidate.id === wanted.tabId &&
      candidate.url === wanted.src &&
      candidate.partition === wanted.partition,
  );
  return tab === undefined ? deny('not-an-open-tab') : { kind: 'attach', tabId: tab.id };
}

/** The app's own window shows the app and nothing else; its links to the web open in the system's browser. */
export function judgeWindowNavigation(url: string, appOrigin: string): Allowance | OpenExternally | Denial {
  if (originOf(url) === appOrigin) return allow;
  return isHttps(url) ? { kind: 'openExternally', url } : deny('not-the-app');
}

export interface NavigationFacts {
  readonly url: string;
  /** False: a frame inside the page. */
  readonly isMainFrame: boolean;
  /** Its server is a Jupyter; such a page, which may hold unsaved work, does not make room for another one. */
  readonly isNotebook: boolean;
  /** Origins of the machine's open tabs, e.g. `http://localhost:8888`. */
  readonly ownOrigins: readonly string[];
  /** Since the user last clicked or typed in the page; Infinity: never. */
  readonly sinceInputMs: number;
}

/** The user agent's rule for popups is about five seconds too (HTML, "transient activation"). */
const inputIsRecentMs = 5000;
const frameSchemes = ['http:', 'https:', 'about:', 'blob:', 'data:'];

/** Where a machine's page, or a frame in it, may go. */
export function judgeNavigation(facts: NavigationFacts): Allowance | OpenTab | OpenExternally | Denial {
  if (!facts.isMainFrame) return frameSchemes.includes(schemeOf(facts.url)) ? allow : deny('scheme');
  if (isBlank(facts.url) || isOwn(facts)) return allow;
  if (!isOfMachine(facts)) return judgeExternal(facts);
  if (!facts.isNotebook) return allow;
  return facts.sinceInputMs > inputIsRecentMs ? deny('no-recent-input') : { kind: 'openTab', url: facts.url };
}

/**
 * What becomes of `window.open` in a machine's page. A blank or own address gets a hidden window, because
 * Jupyter opens one first and decides later whether it becomes a page or a download.
 */
export function judgePopup(
  facts: Omit<NavigationFacts, 'isMainFrame' | 'isNotebook'>,
): { readonly kind: 'hiddenWindow' } | OpenExternally | Denial {
  if (facts.url === '' || isBlank(facts.url) || isOwn(facts)) return { kind: 'hiddenWindow' };
  if (!isOfMachine(facts)) return judgeExternal(facts);
  return facts.sinceInputMs > inputIsRecentMs ? deny('no-recent-input') : { kind: 'hiddenWindow' };
}

/**
 * The network's side of `judgeNavigation`: a page that was sent elsewhere by other means than navigation, for
 * instance by the `src` of its `<webview>`, is not loaded.
 */
export function judgeDocumentRequest(url: string, ownOrigins: readonly string[]): Allowance | Denial {
  if (ownOrigins.length === 0) return deny('foreign-origin');
  return isOwn({ url, ownOrigins }) || isOfMachine({ url, ownOrigins }) ? allow : deny('foreign-origin');
}

export interface PermissionFacts {
  /** Electron's name of the permission. */
  readonly permission: string;
  readonly origin: string;
  readonly ownOrigins: readonly string[];
  readonly isMainFrame: boolean;
  /** Since the user last clicked or typed in the page; Infinity: never. */
  readonly sinceInputMs: number;
}

/**
 * A notebook page may put text into the clipboard when the user has just done something in it, because Jupyter's
 * copy commands need that. It may not read the clipboard, nor have anything else.
 */
export function judgePermission(facts: PermissionFacts): Allowance | Denial {
  if (facts.permission !== 'clipboard-sanitized-write') return deny('permission-not-granted-to-pages');
  if (!facts.isMainFrame) return deny('embedded-frame');
  if (facts.sinceInputMs > inputIsRecentMs) return deny('no-recent-input');
  return facts.ownOrigins.includes(facts.origin) ? allow : deny('foreign-origin');
}

/**
 * A certificate that nobody vouches for, as servers inside have them, holds only if the user has compared this
 * very one and trusts it for that machine and server. All it has come through is SSH, so only the machine itself, or
 * somebody beyond it, could have put another server there.
 */
export function judgeCertificateError(fingerprint: string, trusted: string | null): Allowance | Denial {
  return fingerprint === trusted ? allow : deny('certificate-not-valid');
}

export interface LoginFacts {
  readonly isProxy: boolean;
  readonly host: string;
  readonly port: number;
  /** The port of the gateway of the machine to whose partition the asking page belongs; null if it has none. */
  readonly gatewayPort: number | null;
}

/** A gateway's secret is given to that gateway alone, and only for pages of its own machine. */
export function judgeLogin(facts: LoginFacts): Allowance | Denial {
  const isOwnGateway =
    facts.isProxy &&
    facts.host === '127.0.0.1' &&
    facts.gatewayPort !== null &&
    facts.port === facts.gatewayPort;
  return isOwnGateway ? allow : deny('not-our-gateway');
}

function judgeExternal(facts: Pick<NavigationFacts, 'url' | 'sinceInputMs'>): OpenExternally | Denial {
  const isForBrowser = isHttps(facts.url) || schemeOf(facts.url) === 'mailto:';
  if (!isForBrowser) return deny(schemeOf(facts.url) === 'http:' ? 'foreign-origin' : 'scheme');
  // Or a page could open one browser window after another by itself.
  if (facts.sinceInputMs > inputIsRecentMs) return deny('no-recent-input');
  return { kind: 'openExternally', url: facts.url };
}

function isOwn(facts: Pick<NavigationFacts, 'url' | 'ownOrigins'>): boolean {
  return facts.ownOrigins.includes(originOf(facts.url) ?? '');
}

/**
 * What only the machine can mean: a name of its own network, or another port of a server that is open. It is
 * reached through the machine's gateway and nowhere else.
 */
function isOfMachine({ url, ownOrigins }: Pick<NavigationFacts, 'url' | 'ownOrigins'>): boolean {
  const parsed = parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return false;
  if (parsed.username !== '' || parsed.password !== '') return false;
  return (
    isInternalHost(parsed.hostname) ||
    ownOrigins.some((origin) => parse(origin)?.hostname === parsed.hostname)
  );
}

function isBlank(url: string): boolean {
  return url === 'about:blank' || url.startsWith('about:blank#');
}

function isHttps(url: string): boolean {
  // A name and password in an address are a phisher's tool and nobody else's.
  const parsed = parse(url);
  return parsed !== null && parsed.protocol === 'https:' && parsed.username === '' && parsed.password === '';
}

function schemeOf(url: string): string {
  return parse(url)?.protocol ?? '';
}

/** Scheme, host and port; also of the custom app scheme, for which `URL.origin` is "null". A blob has its maker's. */
function originOf(url: string): string | null {
  const parsed = parse(url);
  if (parsed === null) return null;
  if (parsed.protocol === 'blob:') return parsed.origin === 'null' ? null : parsed.origin;
  return parsed.host === '' ? null : `${parsed.protocol}//${parsed.host}`;
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
