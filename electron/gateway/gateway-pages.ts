import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AppError } from '../../shared/errors/app-error';
import type { ErrorCode, ErrorParams } from '../../shared/errors/error-codes';

/** Texts of the main process by their i18next keys, in the user's language. */
export type GatewayTextKey =
  | 'gateway.language'
  | 'gateway.waitingTitle'
  | 'gateway.waitingText'
  | 'gateway.failedTitle'
  | 'gateway.failedHint'
  | `errors:${ErrorCode}.what`
  | `errors:${ErrorCode}.todo`;
export type GatewayTextOf = (key: GatewayTextKey, params?: ErrorParams) => string;

/** Why a page cannot be shown now; `error` is null while the connection comes back by itself. */
export interface Hindrance {
  readonly error: AppError | null;
}

/** Tells the gateway's own answers from those of the far side. */
export const gatewayHeader = 'x-nuvem-gateway';

/**
 * Asks for the same page again without showing it. While the connection is on its way back the gateway holds
 * that question, so the page returns the moment the machine does.
 */
const retryScript = `
const pause = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));
const isBack = async () => {
  try {
    const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store', redirect: 'manual' });
    return !answer.headers.has('${gatewayHeader}');
  } catch {
    return false;
  }
};
(async () => {
  await pause(300);
  while (!(await isBack())) await pause(2000);
  location.reload();
})();
`;

const style = `
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  font: 15px/1.5 system-ui, sans-serif; color: #1f2933; background: #f7f8fa; }
main { max-width: 30rem; padding: 2rem; text-align: center; }
h1 { margin: 1.25rem 0 .5rem; font-size: 1.25rem; font-weight: 600; }
p { margin: .25rem 0; color: #52606d; }
.beat { width: .75rem; height: .75rem; margin: auto; border-radius: 50%; background: #2f6fed;
  animation: beat 1.6s ease-in-out infinite; }
.failed .beat { background: #b54708; animation: none; }
@keyframes beat { 50% { opacity: .25; transform: scale(.8); } }
@media (prefers-reduced-motion: reduce) { .beat { animation: none; } }
@media (prefers-color-scheme: dark) {
  body { color: #e6e9ee; background: #16191f; }
  p { color: #a3adba; }
  .beat { background: #7aa5ff; }
  .failed .beat { background: #f0a35e; }
}
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(retryScript)}; connect-src 'self'; base-uri 'none'; form-action 'none'`,
} as const;

/** A calm page that says in words what hinders, and turns into the wanted page by itself. */
export function hindrancePage({ error }: Hindrance, textOf: GatewayTextOf): string {
  const title = escapeHtml(textOf(error === null ? 'gateway.waitingTitle' : 'gateway.failedTitle'));
  const sentences =
    error === null
      ? [textOf('gateway.waitingText')]
      : [
          textOf(`errors:${error.code}.what`, error.params),
          textOf(`errors:${error.code}.todo`, error.params),
          textOf('gateway.failedHint'),
        ];
  return `<!doctype html>
<html lang="${escapeHtml(textOf('gateway.language'))}"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>
<body><main class="${error === null ? 'waiting' : 'failed'}" role="status"><div class="beat"></div><h1>${title}</h1>
${sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('\n')}
</main><script>${retryScript}</script></body></html>
`;
}

/** True for a navigation: its answer is shown to the user as a page (Fetch Metadata, `Sec-Fetch-Dest`). */
export function isDocument(request: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  if (request.method !== 'GET') return false;
  const destination = request.headers['sec-fetch-dest'];
  if (destination !== undefined) return destination === 'document' || destination === 'iframe';
  return request.headers.accept?.includes('text/html') === true;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
