import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { validateConfiguration } = fromBuilder('app-builder-lib/out/util/config/config') as {
  validateConfiguration(config: unknown, logger: unknown): Promise<void>;
};

interface Target {
  readonly target: string;
  readonly arch: readonly string[];
}

interface Config {
  readonly [key: string]: unknown;
  readonly linux: { readonly target: readonly string[] };
  readonly win: { readonly target: readonly Target[]; readonly icon: string };
  readonly mac: {
    readonly target: readonly Target[];
    readonly icon: string;
    readonly entitlements: string;
    readonly entitlementsInherit: string;
    readonly hardenedRuntime: boolean;
    readonly notarize: boolean;
  };
}

const readConfig = async (): Promise<Config> => parse(await readFile('electron-builder.yml', 'utf8'));
const debugLogger = { isEnabled: false, add: () => undefined };

describe('the configuration of the packages of all systems', () => {
  it('is what electron-builder understands', async () => {
    await expect(validateConfiguration(await readConfig(), debugLogger)).resolves.toBeUndefined();
  });

  it('would be refused with a setting that does not exist', async () => {
    await expect(
      validateConfiguration({ ...(await readConfig()), hardendRuntime: true }, debugLogger),
    ).rejects.toThrow("unknown property 'hardendRuntime'");
  });

  it('makes an installer, a portable program, disk images and the packages of Linux', async () => {
    const { linux, win, mac } = await readConfig();
    expect(linux.target).toEqual(['AppImage', 'deb', 'rpm']);
    expect(win.target.map(({ target }) => target)).toEqual(['nsis', 'portable']);
    expect(mac.target).toEqual([
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] },
    ]);
  });

  it('opens files of machines that Nuvem exported, and takes no other program’s files', async () => {
    const { fileAssociations } = await readConfig();
    expect(fileAssociations).toMatchObject([
      { ext: 'nuvem', mimeType: 'application/vnd.nuvem.machines+yaml', role: 'Viewer' },
    ]);
  });

  it('names the installer without spaces, by which a release’s file would not be that of the feed', async () => {
    const { nsis } = await readConfig();
    expect(nsis).toMatchObject({ artifactName: expect.not.stringContaining(' ') });
  });

  it('hardens the app of macOS and allows it no more than compiling at run time', async () => {
    const { mac } = await readConfig();
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true });
    for (const file of [mac.entitlements, mac.entitlementsInherit]) {
      const granted = [...(await readFile(file, 'utf8')).matchAll(/<key>(.*)<\/key>\s*<true\/>/g)];
      expect(granted.map(([, key]) => key)).toEqual(['com.apple.security.cs.allow-jit']);
    }
  });
});

describe('the icons', () => {
  it('are there in every size that desktops ask for, as large as their names say', async () => {
    const names = (await readdir('build/icons/app')).toSorted();
    expect(names).toEqual(
      [16, 32, 48, 64, 128, 256, 512, 1024].map((size) => `${size}x${size}.png`).toSorted(),
    );
    for (const name of names) expect(`${sizeOfPng(`build/icons/app/${name}`)}.png`).toBe(name);
  });

  it('are large enough for what Windows and macOS make of them', async () => {
    const { win, mac } = await readConfig();
    expect([sizeOfPng(win.icon), sizeOfPng(mac.icon)]).toEqual(['256x256', '1024x1024']);
  });
});

/** PNG (RFC 2083, 4.1.1): width and height follow the first chunk's header. */
function sizeOfPng(file: string): string {
  const bytes = readFileSync(file);
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}
