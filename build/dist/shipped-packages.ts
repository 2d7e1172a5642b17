import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { runOrThrow } from '../system/run';

/** A package of others whose code is in what we ship. */
export interface ShippedPackage {
  readonly registry: 'npm' | 'cargo';
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null where the package names none, and its text says it. */
  readonly licence: string | null;
  /** The text of the licence; empty where the package brings none. */
  readonly text: string;
}

const Bundled = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().nullish(),
    text: z.string().optional(),
  }),
);

const CargoMetadata = z.object({
  packages: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string(),
      license: z.string().nullable(),
      manifest_path: z.string(),
      targets: z.array(z.object({ kind: z.array(z.string()) })),
    }),
  ),
  resolve: z.object({
    root: z.string(),
    nodes: z.array(
      z.object({
        id: z.string(),
        deps: z.array(
          z.object({ pkg: z.string(), dep_kinds: z.array(z.object({ kind: z.string().nullable() })) }),
        ),
      }),
    ),
  }),
});

const bundleParts = ['main', 'preload', 'renderer'];
const crateManifest = 'electron/native/gcm/Cargo.toml';

/** The npm packages of which the bundler took code into `out/`, by the lists that it left there. */
export async function bundledPackages(outFolder: string): Promise<readonly ShippedPackage[]> {
  const found = new Map<string, ShippedPackage>();
  for (const part of bundleParts) {
    const list = Bundled.parse(JSON.parse(await readFile(join(outFolder, part, 'licences.json'), 'utf8')));
    for (const { name, version, identifier, text } of list) {
      found.set(`${name}@${version}`, {
        registry: 'npm',
        name,
        version,
        licence: identifier ?? null,
        text: text ?? '',
      });
    }
  }
  return sorted([...found.values()]);
}

/** The crates that are linked into the native cipher of this platform. Needs cargo; rejects without. */
export async function linkedCrates(): Promise<readonly ShippedPackage[]> {
  const host = /^host: (.+)$/m.exec((await runOrThrow('rustc', ['-vV'])).stdout)?.[1] ?? '';
  const { stdout } = await runOrThrow('cargo', [
    ...['metadata', '--format-version', '1', '--locked', '--filter-platform', host],
    ...['--manifest-path', crateManifest],
  ]);
  const { packages, resolve } = CargoMetadata.parse(JSON.parse(stdout));
  const packageOf = new Map(packages.map((crate) => [crate.id, crate]));
  const linked: string[] = [resolve.root];
  for (const id of linked) {
    for (const { pkg, dep_kinds } of resolve.nodes.find((node) => node.id === id)?.deps ?? []) {
      const isForRunning = dep_kinds.some(({ kind }) => kind === null);
      const isMacro = packageOf.get(pkg)?.targets.some(({ kind }) => kind.includes('proc-macro')) ?? false;
      if (isForRunning && !isMacro && !linked.includes(pkg)) linked.push(pkg);
    }
  }
  const shipped: ShippedPackage[] = [];
  for (const id of linked.slice(1)) {
    const crate = packageOf.get(id);
    if (crate === undefined) throw new Error(`cargo does not know its own package ${id}`);
    const { name, version, license, manifest_path } = crate;
    const text = await licenceTextIn(dirname(manifest_path));
    shipped.push({ registry: 'cargo', name, version, licence: license, text });
  }
  return sorted(shipped);
}

async function licenceTextIn(folder: string): Promise<string> {
  const files = (await readdir(folder))
    .filter((file) => /^(licen[cs]e|copying|unlicense)/i.test(file))
    .sort();
  const texts: string[] = [];
  for (const file of files) texts.push((await readFile(join(folder, file), 'utf8')).trim());
  return texts.join('\n\n');
}

function sorted(packages: readonly ShippedPackage[]): readonly ShippedPackage[] {
  return packages.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
