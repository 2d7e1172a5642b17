import type { TFunction } from 'i18next';

/** Where a notebook server listens, from `NotebookServer.address`: a socket's path is the same in every language. */
export function addressText(t: TFunction, address: string): string {
  const port = /^port (\d+)$/.exec(address)?.[1];
  return port === undefined ? address : t('notebook.port', { port });
}
