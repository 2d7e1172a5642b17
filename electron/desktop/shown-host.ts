/**
 * What notices and the log say of an address: its host, or the scheme where there is none. Paths and queries are
 * left out, because they may hold what is nobody else's business.
 */
export function shownHost(url: string): string {
  if (!URL.canParse(url)) return '';
  const { host, protocol } = new URL(url);
  return host === '' ? protocol : host;
}
