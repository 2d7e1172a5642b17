import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  feedArguments,
  signedFeed,
  updateGaps,
  verificationArguments,
} from '../../../build/dist/update-feed';
import { isSignedRelease, releaseKeyOf } from '../../../electron/updates/release-signature';

const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const apple = {
  CSC_LINK: 'x',
  CSC_KEY_PASSWORD: 'x',
  APPLE_API_KEY: 'x',
  APPLE_API_KEY_ID: 'x',
  APPLE_API_ISSUER: 'x',
};

describe('packages look for new versions', () => {
  it('in the releases of the repository that they are made from', () => {
    expect(feedArguments({ GITHUB_REPOSITORY: 'ana/nuvem' })).toEqual([
      '-c.publish.provider=github',
      '-c.publish.owner=ana',
      '-c.publish.repo=nuvem',
    ]);
  });

  it('or wherever else it is said', () => {
    expect(
      feedArguments({ GITHUB_REPOSITORY: 'ana/nuvem', NUVEM_UPDATE_URL: 'https://ana.example/' }),
    ).toEqual(['-c.publish.provider=generic', '-c.publish.url=https://ana.example/']);
  });

  it('nowhere when nobody says where, and the log tells', () => {
    expect(feedArguments({ GITHUB_REPOSITORY: '' })).toEqual([]);
    expect(updateGaps(['linux'], {})).toEqual([expect.stringContaining('GITHUB_REPOSITORY')]);
  });
});

describe('packages know a genuine release', () => {
  it('of an AppImage by the public half of the key that signs', () => {
    expect(verificationArguments(['linux'], { NUVEM_UPDATE_KEY: key })).toEqual([
      `-c.extraMetadata.updates.appImageKey=${releaseKeyOf(key)}`,
    ]);
    expect(() => verificationArguments(['linux'], { NUVEM_UPDATE_KEY: 'no key' })).toThrow();
  });

  it('on macOS when they are signed and notarised themselves', () => {
    expect(verificationArguments(['darwin'], apple)).toEqual([
      '-c.extraMetadata.updates.isSignedForApple=true',
    ]);
    expect(verificationArguments(['darwin'], { ...apple, APPLE_API_KEY: '' })).toEqual([]);
    expect(verificationArguments(['win32'], apple)).toEqual([]);
  });

  it('and the log tells of an AppImage that does not', () => {
    const env = { GITHUB_REPOSITORY: 'ana/nuvem' };
    expect(updateGaps(['linux'], env)).toEqual([expect.stringContaining('NUVEM_UPDATE_KEY')]);
    expect(updateGaps(['linux'], { ...env, NUVEM_UPDATE_KEY: key })).toEqual([]);
    expect(updateGaps(['win32'], env)).toEqual([]);
  });
});

describe('the feed of AppImages', () => {
  it('gets a signature for every file, and keeps the rest', () => {
    const text = [
      'version: 1.2.3',
      'files:',
      '  - url: Nuvem-1.2.3.AppImage',
      '    sha512: aGVsbG8=',
      '    size: 5',
      '    blockMapSize: 7',
      '  - url: nuvem_1.2.3_amd64.deb',
      '    sha512: d29ybGQ=',
      'path: Nuvem-1.2.3.AppImage',
      "releaseDate: '2026-03-04T12:30:00.000Z'",
    ].join('\n');
    const feed = parse(signedFeed(text, key));
    expect(feed).toMatchObject({ ...parse(text), files: [{ size: 5, blockMapSize: 7 }, {}] });
    for (const { sha512, signature } of feed.files)
      expect(isSignedRelease({ version: '1.2.3', sha512 }, signature, releaseKeyOf(key))).toBe(true);
  });
});

describe('the release workflow', () => {
  it('publishes what updates need beside the packages', async () => {
    const workflow = await readFile('.github/workflows/release.yml', 'utf8');
    for (const files of ['dist/*.blockmap', 'dist/latest*.yml', ' *.blockmap latest*.yml *.cdx.json'])
      expect(workflow).toContain(files);
  });
});
