import type { ShippedPackage } from './shipped-packages';

const rule = '-'.repeat(80);

/** The licences of all that we ship of others, for people: each text once, with the packages that it is of. */
export function thirdPartyNotices(packages: readonly ShippedPackage[]): string {
  const namesByText = new Map<string, string[]>();
  for (const { name, version, licence, text } of packages) {
    const key =
      text.trim() === ''
        ? `Licence: ${licence ?? 'not named'}. The package brings no text of it.`
        : text.trim();
    const line = `${name} ${version}${licence === null ? '' : ` (${licence})`}`;
    namesByText.set(key, [...(namesByText.get(key) ?? []), line]);
  }
  const parts = [...namesByText].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`);
  return [
    'Nuvem contains code of the following packages. Electron and Chromium bring their own notices:',
    'LICENSE.electron.txt and LICENSES.chromium.html.\n',
    ...parts,
  ].join('\n');
}
