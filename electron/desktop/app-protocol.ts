import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const scheme = 'app';
const host = 'nuvem';

/** Where the app's own page lives; nothing else is ever loaded into the window. */
export const appOrigin = `${scheme}://${host}`;
export const appPageUrl = `${appOrigin}/index.html`;

/** For `protocol.registerSchemesAsPrivileged`, before the app is ready: a secure origin with relative URLs. */
export const appScheme = { scheme, privileges: { standard: true, secure: true } };

/** Scripts are files of ours only. Inline styles stay allowed because Electron's `<webview>` writes one into itself. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The file that a URL of the app's origin names, as a path below the served folder: only plain names with a
 * known extension, no dot-files, no way out. Null for everything else.
 */
export function assetPath(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.protocol !== `${scheme}:` || parsed.host !== host) return null;
  const names = parsed.pathname === '/' ? ['index.html'] : parsed.pathname.slice(1).split('/');
  const arePlain = names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name));
  return arePlain && extname(names.at(-1) ?? '') in mediaTypes ? names.join('/') : null;
}

/** What is used of Electron's `ProtocolRequest`. */
interface ServedRequest {
  readonly method: string;
  readonly url: string;
}

/** An answer in the form of Electron's `ProtocolResponse`. */
export interface ServedResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly data: Buffer;
}

/** Chromium's net::ERR_FAILED. */
const failed = { error: -2 };

/**
 * Answers `app://nuvem/` from a folder, with a strict content security policy. For `protocol.registerBufferProtocol`:
 * what `protocol.handle` hands out and takes are objects of `fetch`, and Node takes 100 ms to load what they are of,
 * before the window's page.
 */
export function serveApp(
  folder: string,
): (request: ServedRequest, respond: (response: ServedResponse | typeof failed) => void) => void {
  return (request, respond) => {
    responseTo(folder, request).then(respond, () => respond(failed));
  };
}

/** @throws NodeJS.ErrnoException when the file is there but can't be read */
export async function responseTo(folder: string, { method, url }: ServedRequest): Promise<ServedResponse> {
  const path = method === 'GET' ? assetPath(url) : null;
  if (path === null) return notFound();
  try {
    return {
      statusCode: 200,
      headers: {
        'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      },
      data: await readFile(join(folder, path)),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return notFound();
    throw error;
  }
}

function notFound(): ServedResponse {
  return { statusCode: 404, headers: { 'content-type': 'text/plain' }, data: Buffer.from('Not found') };
}
