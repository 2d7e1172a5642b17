import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'yaml';
import { isSignedRelease, releaseKeyOf } from '../../electron/updates/release-signature';
import { type AppProfile, makeAppProfile } from '../support/lab/app';
import { type BuiltPackage, buildDebPackage } from '../support/lab/built-package';
import { createMachine } from '../support/lab/machine-form';
import { launchPackaged } from '../support/lab/packaged-app';
import { startSshd } from '../support/lab/sshd';
import { textsOf } from '../support/lab/texts';
import { makeThrowawayRoot, whyNoThrowawayRoot } from '../support/lab/throwaway-root';
import { newAppImage, newUpdateKey, startUpdateFeed, type UpdateFeed } from '../support/lab/update-feed';

const budgetBytes = 12 * 1024 * 1024;

test.skip(process.platform !== 'linux', 'the package of this test is for Linux');
test.setTimeout(420_000);

const updateKey = newUpdateKey();
const { updates: words } = textsOf('en').app;
let feed: UpdateFeed;
let built: BuiltPackage;
let profile: AppProfile;

test.beforeAll(async () => {
  test.setTimeout(420_000);
  feed = await startUpdateFeed();
  built = await buildDebPackage({ NUVEM_UPDATE_URL: feed.url, NUVEM_UPDATE_KEY: updateKey });
});

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(() => profile.remove());
test.afterAll(async () => {
  await built?.remove();
  await feed.close();
});

test('the packaged program can be used for nothing but the app: its fuses say so', async () => {
  const wire = await getCurrentFuseWire(join(built.appFolder, 'nuvem'));
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    ownSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspect: false,
    filePrivileges: false,
    ownSnapshot: false,
    cookieEncryption: true,
    asarIntegrity: true,
    onlyAsar: true,
  });
});

test('the app is small, whole, and brings nothing of the workshop along', async () => {
  const asar = join(built.appFolder, 'resources', 'app.asar');
  expect((await stat(asar)).size).toBeLessThan(budgetBytes);
  const files = listPackage(asar, { isPack: false });
  expect(files).toEqual(expect.arrayContaining(['/package.json', '/LICENSE', '/out/main/main.js']));
  const known = /^\/(package\.json|LICENSE|out(\/(main|preload|renderer)(\/.*)?)?)$/;
  expect(files.filter((file) => !known.test(file))).toEqual([]);
  expect(files.filter((file) => /\.map$|licences\.json$|sources\.sha256$/.test(file))).toEqual([]);
  expect(JSON.parse(extractFile(asar, 'package.json').toString())).toMatchObject({
    main: 'out/main/main.js',
  });
  await expect(access(join(built.appFolder, 'resources', 'default_app.asar'))).rejects.toThrow('ENOENT');
});

test('the native cipher lies beside the archive, where it can be loaded', async () => {
  const name = `nuvem-gcm.${process.platform}-${process.arch}.node`;
  const beside = join(built.appFolder, 'resources', 'app.asar.unpacked', 'out', 'main', name);
  const isBuilt = await access(join('out', 'main', name)).then(
    () => true,
    () => false,
  );
  test.skip(!isBuilt, 'there is no Rust on this computer, so the app goes without');
  expect(await readFile(beside)).toEqual(await readFile(join('out', 'main', name)));
});

test('licences and the bill of materials go along, with every package that the app contains', async () => {
  const legal = join(built.appFolder, 'resources', 'legal');
  const notices = await readFile(join(legal, 'third-party-notices.txt'), 'utf8');
  const bill = JSON.parse(await readFile(join(legal, 'sbom.cdx.json'), 'utf8')) as {
    readonly bomFormat: string;
    readonly components: readonly { readonly name: string; readonly purl: string }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['electron', 'react', 'react-aria-components', 'ssh2', 'zod']),
  );
  for (const name of names.filter((each) => each !== 'electron')) expect(notices).toContain(`${name} `);
  expect(notices).toContain('Permission is hereby granted, free of charge');
});

test('the packaged app opens its window and connects to a machine', async () => {
  const sshd = await startSshd();
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  const app = await launchPackaged(join(built.appFolder, 'nuvem'), profile);
  try {
    const { host, port, user, clientKeyPath } = sshd;
    await createMachine(app.page, { name: 'Lab', host, port, user, identity: { keyFile: clientKeyPath } });
    await app.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Connected');
    expect(app.page.url()).toBe('app://nuvem/index.html');
  } finally {
    await app.end();
    await sshd.stop();
  }
});

test('the feed of this version is signed beside the packages, and the key itself is in none of them', async () => {
  const { version, files } = parse(await readFile(built.feedFile, 'utf8'));
  expect(files.length).toBeGreaterThan(0);
  for (const { sha512, signature } of files)
    expect(isSignedRelease({ version, sha512 }, signature, releaseKeyOf(updateKey))).toBe(true);
  const [, secret = ''] = updateKey.split('\n');
  const archive = await readFile(join(built.appFolder, 'resources', 'app.asar'), 'latin1');
  expect(archive).toContain(releaseKeyOf(updateKey));
  expect(archive).not.toContain(secret);
  expect(built.output).not.toContain(secret);
});

async function openSettings(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'New machine' })).toBeVisible();
  await page.keyboard.press('Control+,');
}

test('as an AppImage it finds a new version, and quitting installs what the user wanted', async () => {
  const appImage = join(profile.home, 'Nuvem.AppImage');
  await writeFile(appImage, 'this version');
  feed.offer({ version: '9.9.9', signingKey: updateKey });
  const app = await launchPackaged(join(built.appFolder, 'nuvem'), profile, [], {
    ...{ APPIMAGE: appImage, APPDIR: built.appFolder },
    XDG_CACHE_HOME: join(profile.home, '.cache'),
  });
  await openSettings(app.page);
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('button', { name: words.check }).click();
  await dialog.getByRole('button', { name: words.install }).click();
  await expect(dialog.getByText(words.ready.replace('{{version}}', '9.9.9'))).toBeVisible();
  expect(await readFile(appImage, 'utf8')).toBe('this version');
  expect(await app.end()).toBe(0);
  expect(await readFile(appImage, 'utf8')).toBe(newAppImage);
});

test('the Debian package installs, is found by the desktop, runs, and goes without a trace', async () => {
  const whyNot = (await whyNoThrowawayRoot()) ?? (await whyNoDebian());
  test.skip(whyNot !== null, whyNot ?? '');
  const root = await makeThrowawayRoot();
  try {
    await root.run('apt-get', 'install', '-y', '--no-install-recommends', built.debFile);
    expect(await root.run('dpkg', '--status', 'nuvem')).toContain('Status: install ok installed');
    expect((await root.run('readlink', '-f', '/usr/bin/nuvem')).trim()).toBe('/opt/Nuvem/nuvem');
    const entry = await root.run('cat', '/usr/share/applications/nuvem.desktop');
    expect(entry).toContain('Exec=/opt/Nuvem/nuvem %U');
    expect(entry).toContain(
      'MimeType=application/vnd.nuvem.machines+yaml;x-scheme-handler/nuvem;x-scheme-handler/ssh;',
    );
    const types = await root.run('cat', '/usr/share/mime/packages/nuvem.xml');
    expect(types).toContain('<mime-type type="application/vnd.nuvem.machines+yaml">');
    expect(types).toContain('<glob pattern="*.nuvem"/>');
    expect(entry).toContain('StartupWMClass=nuvem');

    expect(await root.run('/usr/bin/nuvem', '--no-sandbox', '--help')).toContain('nuvem connect');
    const app = await launchPackaged('/usr/bin/nuvem', profile, root.enter);
    await openSettings(app.page);
    // apt brings the next one.
    await expect(app.page.getByRole('dialog').getByText(words.off.elsewhere)).toBeVisible();
    expect(await app.end()).toBe(0);

    await root.run('dpkg', '--purge', 'nuvem');
    for (const path of ['/opt/Nuvem', '/usr/bin/nuvem', '/usr/share/applications/nuvem.desktop']) {
      await expect(root.run('ls', path)).rejects.toThrow('No such file');
    }
  } finally {
    await root.remove();
  }
});

async function whyNoDebian(): Promise<string | null> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) ? null : 'needs Debian or a relative of it';
}
