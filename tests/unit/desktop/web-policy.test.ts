import { describe, expect, it } from 'vitest';
import {
  judgeAttachment,
  judgeCertificateError,
  judgeDocumentRequest,
  judgeLogin,
  judgeNavigation,
  judgePermission,
  judgePopup,
  judgeWindowNavigation,
} from '../../../electron/desktop/web-policy';
import type { WebTab } from '../../../shared/model/tab';

const ownOrigins = ['http://localhost:8888'];
const justNow = 100;
const never = Number.POSITIVE_INFINITY;
const allow = { kind: 'allow' };
const deny = (reason: string): object => ({ kind: 'deny', reason });
const external = (url: string): object => ({ kind: 'openExternally', url });
const beside = (url: string): object => ({ kind: 'openTab', url });

describe('a webview', () => {
  const tab = { id: 'tab-1', url: 'http://localhost:8888/lab', partition: 'machine-a' } as WebTab;

  it.each([
    [
      'its exact address and partition',
      'http://localhost:8888/lab',
      'machine-a',
      { kind: 'attach', tabId: 'tab-1' },
    ],
    ['another path', 'http://localhost:8888/tree', 'machine-a', deny('not-an-open-tab')],
    ['another origin', 'https://example.org/lab', 'machine-a', deny('not-an-open-tab')],
    ["another machine's partition", 'http://localhost:8888/lab', 'machine-b', deny('not-an-open-tab')],
    [
      'a persistent partition of that name',
      'http://localhost:8888/lab',
      'persist:machine-a',
      deny('not-an-open-tab'),
    ],
    ["the window's own session", 'http://localhost:8888/lab', '', deny('not-an-open-tab')],
    ['a file', 'file:///etc/passwd', 'machine-a', deny('not-an-open-tab')],
  ])('with %s', (_what, src, partition, verdict) => {
    expect(judgeAttachment({ tabId: 'tab-1', src, partition }, [tab])).toEqual(verdict);
  });

  it('is refused when no tab is open', () => {
    const wanted = { tabId: tab.id, src: tab.url, partition: tab.partition };
    expect(judgeAttachment(wanted, [])).toEqual(deny('not-an-open-tab'));
  });

  it('is the one of the tab that it names, of two with the same page', () => {
    const double = { ...tab, id: 'tab-2' } as WebTab;
    const wanted = { src: tab.url, partition: tab.partition };
    expect(judgeAttachment({ tabId: 'tab-2', ...wanted }, [tab, double])).toMatchObject({ tabId: 'tab-2' });
    expect(judgeAttachment({ tabId: '', ...wanted }, [tab, double])).toEqual(deny('not-an-open-tab'));
  });
});

describe("the app's window", () => {
  it.each([
    ['app://nuvem/index.html', allow],
    ['app://nuvem/', allow],
    ['app://other/index.html', deny('not-the-app')],
    ['app://nuvem.example.org/', deny('not-the-app')],
    ['https://jupyter.org/install', external('https://jupyter.org/install')],
    ['http://localhost:8888/lab', deny('not-the-app')],
    ['file:///etc/passwd', deny('not-the-app')],
    ['javascript:alert(1)', deny('not-the-app')],
    ['data:text/html,hi', deny('not-the-app')],
    ['', deny('not-the-app')],
  ])('going to %s', (url, verdict) => {
    expect(judgeWindowNavigation(url, 'app://nuvem')).toEqual(verdict);
  });
});

describe('a notebook page', () => {
  it.each([
    ['http://localhost:8888/lab/tree/a.ipynb', justNow, allow],
    ['http://localhost:8888/lab', never, allow],
    ['about:blank', never, allow],
    ['blob:http://localhost:8888/0b1d', never, allow],
    ['http://localhost:4040/jobs/', justNow, beside('http://localhost:4040/jobs/')],
    ['http://localhost:4040/jobs/', never, deny('no-recent-input')],
    ['https://localhost:9443/', justNow, beside('https://localhost:9443/')],
    ['http://ip-10-0-0-1.ec2.internal:4040/', justNow, beside('http://ip-10-0-0-1.ec2.internal:4040/')],
    ['http://169.254.169.254/latest/', justNow, deny('foreign-origin')],
    ['http://metadata.google.internal/', justNow, deny('foreign-origin')],
    ['http://example.org/', justNow, deny('foreign-origin')],
    ['https://example.org/paper', justNow, external('https://example.org/paper')],
    ['https://example.org/paper', 5001, deny('no-recent-input')],
    ['https://example.org/paper', never, deny('no-recent-input')],
    ['https://user:pass@example.org/', justNow, deny('scheme')],
    ['mailto:ana@example.org', justNow, external('mailto:ana@example.org')],
    ['mailto:ana@example.org', never, deny('no-recent-input')],
    ['file:///etc/passwd', justNow, deny('scheme')],
    ['app://nuvem/index.html', justNow, deny('scheme')],
    ['vscode://file/etc/passwd', justNow, deny('scheme')],
    ['javascript:alert(1)', justNow, deny('scheme')],
    ['data:text/html,hi', justNow, deny('scheme')],
    ['blob:https://example.org/0b1d', justNow, deny('scheme')],
    ['chrome://gpu', justNow, deny('scheme')],
    ['not an address', justNow, deny('scheme')],
  ])('going to %s, %s ms after the last input', (url, sinceInputMs, verdict) => {
    expect(judgeNavigation({ url, isMainFrame: true, isNotebook: true, ownOrigins, sinceInputMs })).toEqual(
      verdict,
    );
  });

  it.each([
    ['https://www.youtube.com/embed/x', allow],
    ['http://example.org/', allow],
    ['about:srcdoc', allow],
    ['data:text/html,hi', allow],
    ['blob:http://localhost:8888/0b1d', allow],
    ['vscode://file/etc/passwd', deny('scheme')],
    ['file:///etc/passwd', deny('scheme')],
    ['app://nuvem/index.html', deny('scheme')],
  ])('showing %s in a frame', (url, verdict) => {
    const facts = { url, isMainFrame: false, isNotebook: true, ownOrigins, sinceInputMs: never };
    expect(judgeNavigation(facts)).toEqual(verdict);
  });

  it.each([
    ['', never, { kind: 'hiddenWindow' }],
    ['about:blank', never, { kind: 'hiddenWindow' }],
    ['http://localhost:8888/notebooks/a.ipynb', never, { kind: 'hiddenWindow' }],
    ['http://localhost:4040/', justNow, { kind: 'hiddenWindow' }],
    ['http://localhost:4040/', never, deny('no-recent-input')],
    ['https://example.org/', justNow, external('https://example.org/')],
    ['https://example.org/', never, deny('no-recent-input')],
    ['file:///etc/passwd', justNow, deny('scheme')],
    ['about:blankness', justNow, deny('scheme')],
  ])('opening a window at "%s", %s ms after the last input', (url, sinceInputMs, verdict) => {
    expect(judgePopup({ url, ownOrigins, sinceInputMs })).toEqual(verdict);
  });

  it.each([
    ['http://localhost:8888/lab', allow],
    ['http://localhost:8888.example.org/', deny('foreign-origin')],
    ['http://localhost:4040/', allow],
    ['https://node-1:9443/', allow],
    ['http://169.254.169.254/latest/', deny('foreign-origin')],
    ['http://ana:secret@localhost:4040/', deny('foreign-origin')],
    ['https://example.org/', deny('foreign-origin')],
  ])('whose document is requested from %s', (url, verdict) => {
    expect(judgeDocumentRequest(url, ownOrigins)).toEqual(verdict);
  });

  it('whose tabs are all closed may load nothing', () => {
    expect(judgeDocumentRequest('http://localhost:8888/lab', [])).toEqual(deny('foreign-origin'));
  });

  const asking = {
    permission: 'clipboard-sanitized-write',
    origin: 'http://localhost:8888',
    ownOrigins,
    isMainFrame: true,
    sinceInputMs: justNow,
  };

  it('may put text into the clipboard when the user has just done something', () => {
    expect(judgePermission(asking)).toEqual(allow);
  });

  it.each([
    ['without a recent input', { sinceInputMs: never }, 'no-recent-input'],
    ['in a frame', { isMainFrame: false }, 'embedded-frame'],
    ['of another origin', { origin: 'https://example.org' }, 'foreign-origin'],
  ])('may not put text into the clipboard %s', (_how, facts, reason) => {
    expect(judgePermission({ ...asking, ...facts })).toEqual(deny(reason));
  });

  it.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'midiSysex',
    'fullscreen',
    'pointerLock',
    'openExternal',
    'fileSystem',
    'hid',
    'serial',
    'usb',
    'something-new',
  ])('is denied %s', (permission) => {
    expect(judgePermission({ ...asking, permission })).toEqual(deny('permission-not-granted-to-pages'));
  });
});

describe('a page of the machine that is no notebook', () => {
  const here = ['http://monitor.example.org:8088'];
  it.each([
    ['http://ip-10-0-0-7:8042/node', never, allow],
    ['http://monitor.example.org:19888/jobs', never, allow],
    ['https://monitor.example.org/', never, allow],
    ['https://example.org/', justNow, external('https://example.org/')],
    ['http://example.org/', justNow, deny('foreign-origin')],
    ['http://monitor.example.org.evil.example/', justNow, deny('foreign-origin')],
  ])('going to %s, %s ms after the last input', (url, sinceInputMs, verdict) => {
    const facts = { url, isMainFrame: true, isNotebook: false, ownOrigins: here, sinceInputMs };
    expect(judgeNavigation(facts)).toEqual(verdict);
  });
});

describe('a certificate that nobody vouches for', () => {
  it.each([
    ['of which the user knows nothing', null, deny('certificate-not-valid')],
    ['that is another one than they trust', 'sha256/other', deny('certificate-not-valid')],
    ['that they trust', 'sha256/this', allow],
  ])('%s', (_which, trusted, verdict) => {
    expect(judgeCertificateError('sha256/this', trusted)).toEqual(verdict);
  });
});

describe('the secret of a gateway', () => {
  const asked = { isProxy: true, host: '127.0.0.1', port: 40123, gatewayPort: 40123 };

  it('is given to the gateway of the machine whose page asks', () => {
    expect(judgeLogin(asked)).toEqual(allow);
  });

  it.each([
    ["another machine's gateway", { gatewayPort: 40124 }],
    ['a page that is of no machine', { gatewayPort: null }],
    ['a web server', { isProxy: false }],
    ['another computer', { host: 'proxy.example.org' }],
    ['a name that only looks like this computer', { host: 'localhost' }],
  ])('is not given to %s', (_who, facts) => {
    expect(judgeLogin({ ...asked, ...facts })).toEqual(deny('not-our-gateway'));
  });
});
