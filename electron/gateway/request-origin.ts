import type { IncomingMessage } from 'node:http';

/**
 * True when a request comes from the user or from a page of `host` itself, so that it may carry the
 * authorization of that host. The pages of other servers of the machine share the partition: without this, any
 * of them could act on the notebook in the user's name (Fetch Metadata Request Headers, `Sec-Fetch-Site`;
 * RFC 6454, 7). A navigation from elsewhere is let through, as a link to the notebook is: its answer is
 * shown to the user alone.
 */
export function isFromHostItself(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  host: string,
): boolean {
  if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`) return false;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') return true;
  return (
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  );
}
