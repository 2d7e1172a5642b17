import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Transport } from '../connection/transport';
import { openTarget } from '../gateway/open-target';
import type { RemoteTarget } from '../gateway/routes';

const answerWithinMs = 4000;
/** A page's title stands in its head. */
const readBytesAtMost = 64 * 1024;
const redirectsAtMost = 2;

/** How a web server answered. */
export interface WebAnswer {
  readonly scheme: 'http' | 'https';
  /** Of its first page; empty when it has none. */
  readonly title: string;
}

type Answer =
  | { readonly kind: 'page'; readonly title: string }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'noHttp' };

/** Asks the program on a port of the machine for its first page; null when it is no web server. Never rejects. */
export async function probePort(transport: Transport, host: string, port: number): Promise<WebAnswer | null> {
  for (const scheme of ['http', 'https'] as const) {
    const target: RemoteTarget = { kind: 'tcp', host, port, isTls: scheme === 'https' };
    const title = await titleOf(transport, target, `${scheme}://localhost:${port}`);
    if (title !== null) return { scheme, title };
  }
  return null;
}

/** Follows redirects to the same server. Null: it does not speak HTTP. */
async function titleOf(transport: Transport, target: RemoteTarget, origin: string): Promise<string | null> {
  let path = '/';
  for (let redirects = 0; redirects <= redirectsAtMost; redirects += 1) {
    const answer = await ask(transport, target, new URL(path, origin));
    if (answer.kind === 'noHttp') return redirects === 0 ? null : '';
    if (answer.kind === 'page') return answer.title;
    if (!URL.canParse(answer.location, origin)) return '';
    const next = new URL(answer.location, origin);
    if (next.origin !== origin) return '';
    path = next.pathname + next.search;
  }
  return '';
}

async function ask(transport: Transport, target: RemoteTarget, url: URL): Promise<Answer> {
  const ends = AbortSignal.timeout(answerWithinMs);
  try {
    const channel = await openTarget(transport, target);
    // Also when it comes too late to be of use.
    ends.addEventListener('abort', () => channel.destroy(), { once: true });
    if (ends.aborted) channel.destroy();
    return await askOver(channel, url);
  } catch {
    // Refused, silent or of another protocol: in each case there is no page.
    return { kind: 'noHttp' };
  }
}

function askOver(channel: Duplex, url: URL): Promise<Answer> {
  return new Promise((resolve, reject) => {
    channel.once('error', reject);
    channel.once('close', () => reject(new Error('closed without an answer')));
    const asking = request({
      createConnection: () => channel,
      method: 'GET',
      path: url.pathname + url.search,
      headers: { Host: url.host, Accept: 'text/html', Connection: 'close' },
    });
    asking.once('error', reject);
    asking.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      const done = (answer: Answer): void => {
        resolve(answer);
        channel.destroy();
      };
      // This is how servers of TLS tell who speaks plain text to them.
      if (statusCode === 400 && url.protocol === 'http:') return done({ kind: 'noHttp' });
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined)
        return done({ kind: 'redirect', location: headers.location });
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > readBytesAtMost || /<\/title>/i.test(text))
          done({ kind: 'page', title: readTitle(text) });
      });
      response.once('end', () => done({ kind: 'page', title: readTitle(text) }));
    });
    asking.end();
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The title in the text of a page, on one line and not longer than a tab can show; empty when there is none. */
export function readTitle(html: string): string {
  const raw = /<title[^>]*>([^<]*)</i.exec(html)?.[1] ?? '';
  const text = raw.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? '');
  return text.replace(/\s+/g, ' ').trim().slice(0, 100);
}
