import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { releaseKeyOf } from '../../../electron/updates/release-signature';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { newAppImage, newUpdateKey, startUpdateFeed, type UpdateFeed } from '../../support/lab/update-feed';
import {
  makeUpdatingElectron,
  type UpdateTrialResult,
  type UpdatingElectron,
} from '../../support/lab/update-in-electron';

const signingKey = newUpdateKey();
const old = 'the old version\n';
let electron: UpdatingElectron;
let feed: UpdateFeed;
let folder: TempFolder;
let appImage: string;

beforeAll(async () => {
  electron = await makeUpdatingElectron();
});
beforeEach(async () => {
  feed = await startUpdateFeed();
  folder = await makeTempFolder('appimage');
  appImage = join(folder.path, 'Nuvem.AppImage');
  await writeFile(appImage, old);
});
afterEach(async () => {
  await feed.close();
  await folder.remove();
});
afterAll(() => electron?.stop());

const update = (isCalledOff = false): Promise<UpdateTrialResult> =>
  electron.run({ appImage, appImageKey: releaseKeyOf(signingKey), isCalledOff }, feed.url);
const files = (): readonly string[] =>
  feed.requests.map(({ path }) => path).filter((path) => !/yml$/.test(path));

/** Neither before the app quits nor by its quitting. */
async function expectUntouched(result: UpdateTrialResult): Promise<void> {
  expect(result).toMatchObject({ isDownloaded: false, beforeQuit: old });
  expect(await readFile(appImage, 'utf8')).toBe(old);
}

describe.skipIf(process.platform !== 'linux')('an AppImage with a feed of new versions', () => {
  it('is replaced by a signed new version when the app quits, not before', async () => {
    feed.offer({ version: '1.0.0', signingKey });
    expect(await update()).toEqual({ found: '1.0.0', error: null, isDownloaded: true, beforeQuit: old });
    expect(await readFile(appImage, 'utf8')).toBe(newAppImage);
    expect((await stat(appImage)).mode & 0o777).toBe(0o755);
    // It is run once to take its place among the menus, and told to end then.
    expect(await readFile(`${appImage}.was-run`, 'utf8')).toBe('true\n');
  });

  it('tells the feed nothing that would know this copy again', async () => {
    feed.offer({ version: '1.0.0', signingKey });
    await update();
    const names = feed.requests.flatMap(({ headers }) => headers['x-user-staging-id'] ?? []);
    expect(new Set(names)).toEqual(new Set(['none']));
    for (const { headers } of feed.requests) expect(headers.cookie).toBeUndefined();
  });

  it('stays when there is nothing newer, or only something older', async () => {
    for (const version of ['0.0.0', '0.0.0-beta.1']) {
      feed.offer({ version, signingKey });
      const result = await update();
      expect(result).toMatchObject({ found: null, error: null });
      await expectUntouched(result);
    }
    expect(files()).toEqual([]);
  });

  it('refuses what nobody, or somebody else, has signed, and downloads none of it', async () => {
    for (const forged of [null, newUpdateKey()]) {
      feed.offer({ version: '1.0.0', signingKey: forged });
      const result = await update();
      expect(result).toMatchObject({ found: null, error: { code: 'update-not-signed' } });
      await expectUntouched(result);
    }
    expect(files()).toEqual([]);
  });

  it('throws away bytes that are not those that were signed', async () => {
    feed.offer({ version: '1.0.0', signingKey, sent: newAppImage.replace('exit 0', 'exit 7') });
    const result = await update();
    expect(result).toMatchObject({ found: '1.0.0', error: { code: 'update-damaged' } });
    await expectUntouched(result);
  });

  it('downloads nothing that would not fit onto the disk', async () => {
    feed.offer({ version: '1.0.0', signingKey, sizeBytes: 2 ** 60 });
    const result = await update();
    expect(result).toMatchObject({ found: '1.0.0', error: { code: 'update-disk-full' } });
    await expectUntouched(result);
    expect(files()).toEqual([]);
  });

  it('stays when the user calls the download off', async () => {
    feed.offer({ version: '1.0.0', signingKey });
    const result = await update(true);
    expect(result.error).not.toBeNull();
    await expectUntouched(result);
    await expect(access(`${appImage}.was-run`)).rejects.toThrow('ENOENT');
  });

  it('says so when the feed has gone, and when nothing answers', async () => {
    feed.offer(null);
    const gone = await update();
    expect(gone).toMatchObject({
      error: { code: 'update-feed-unusable', params: { reason: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' } },
    });
    await expectUntouched(gone);
    await feed.close();
    const silent = await update();
    expect(silent).toMatchObject({
      error: { code: 'update-unreachable', details: ['net::ERR_CONNECTION_REFUSED'] },
    });
    await expectUntouched(silent);
  });
});
