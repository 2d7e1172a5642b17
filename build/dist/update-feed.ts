import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { releaseKeyOf, signRelease } from '../../electron/updates/release-signature';
import { type DistPlatform, signingGaps } from './signing';

type Environment = Readonly<Record<string, string | undefined>>;

/** The private key that signs AppImages: Ed25519, PKCS #8 in PEM. */
const keyVariable = 'NUVEM_UPDATE_KEY';
/** Where new versions are, if not in the releases of the GitHub repository that this is made for. */
const addressVariable = 'NUVEM_UPDATE_URL';

/** What tells electron-builder where the packages will find new versions; none: they will look nowhere. */
export function feedArguments(env: Environment): readonly string[] {
  const address = env[addressVariable];
  if (address) return ['-c.publish.provider=generic', `-c.publish.url=${address}`];
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo) return [];
  return ['-c.publish.provider=github', `-c.publish.owner=${owner}`, `-c.publish.repo=${repo}`];
}

/** What the packages know about those who make them, for telling their releases from others'. @throws for a wrong key */
export function verificationArguments(
  platforms: readonly DistPlatform[],
  env: Environment,
): readonly string[] {
  const isSignedForApple = platforms.includes('darwin') && signingGaps(['darwin'], env).length === 0;
  const key = env[keyVariable];
  return [
    ...(isSignedForApple ? ['-c.extraMetadata.updates.isSignedForApple=true'] : []),
    ...(key ? [`-c.extraMetadata.updates.appImageKey=${releaseKeyOf(key)}`] : []),
  ];
}

/** How the packages will be updated less than they could be, as sentences with the way out; none: all is there. */
export function updateGaps(platforms: readonly DistPlatform[], env: Environment): readonly string[] {
  if (feedArguments(env).length === 0) {
    return [
      `The packages will not look for new versions. Set GITHUB_REPOSITORY (owner/name) or ${addressVariable}.`,
    ];
  }
  if (!platforms.includes('linux') || env[keyVariable]) return [];
  return [
    `The AppImage will not update itself: nothing could tell it a genuine release. Set ${keyVariable} ` +
      '(an Ed25519 key in PEM).',
  ];
}

const Feed = z.looseObject({
  version: z.string(),
  files: z.array(z.looseObject({ url: z.string(), sha512: z.string() })),
});

/** The name of the feed of AppImages, e.g. `latest-linux.yml`, `latest-linux-arm64.yml`. */
const isAppImageFeed = (name: string): boolean => /^latest-linux(-\w+)?\.yml$/.test(name);

/** Signs every file that the feeds of AppImages in `folder` name. Resolves with the feeds' names. */
export async function signFeeds(folder: string, privateKey: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter(isAppImageFeed);
  for (const name of names) {
    const path = join(folder, name);
    await writeFile(path, signedFeed(await readFile(path, 'utf8'), privateKey));
  }
  return names;
}

/** The text of a feed with a signature beside every file; all else in it stays. */
export function signedFeed(text: string, privateKey: string): string {
  const feed = Feed.parse(parse(text));
  const { version } = feed;
  const files = feed.files.map((file) => ({
    ...file,
    signature: signRelease({ version, sha512: file.sha512 }, privateKey),
  }));
  return stringify({ ...feed, files }, { lineWidth: 0 });
}
