import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { billOfMaterials } from './bill-of-materials';
import { bundledPackages, linkedCrates } from './shipped-packages';
import { thirdPartyNotices } from './third-party-notices';

/**
 * Writes what goes with every package into `out/legal`: the licences of all code of others and the bill of
 * materials. Needs a fresh build in `outFolder`.
 */
export async function writeLegalFiles(
  outFolder: string,
  versions: { readonly version: string; readonly electronVersion: string },
): Promise<void> {
  const hasNativeCipher = (await readdir(join(outFolder, 'main'))).some((file) => file.endsWith('.node'));
  const packages = [...(await bundledPackages(outFolder)), ...(hasNativeCipher ? await linkedCrates() : [])];
  const folder = join(outFolder, 'legal');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await writeFile(join(folder, 'third-party-notices.txt'), thirdPartyNotices(packages));
  await writeFile(join(folder, 'sbom.cdx.json'), billOfMaterials({ ...versions, packages }));
}
