import type { TFunction } from 'i18next';

const portPattern = /^port (\d+)$/;

/** True for a port; false for a socket's path, which tells people little. */
export const isPort = (address: string): boolean => portPattern.test(address);

/** Where a notebook server listens, from `NotebookServer.address`: a socket's path is the same in every language. */
export function addressText(t: TFunction, address: string): string {
  const port = portPattern.exec(address)?.[1];
  return port === undefined ? address : t('notebook.port', { port });
}
