import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Everything by which the environment would tell AWS's library who the user is. */
const ownVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ENDPOINT_URL',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
] as const;

/** An environment that knows of no AWS account but those of `home`, and of no cloud machine that it could be. */
export function awsEnvironment(home: string): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(ownVariables.map((name) => [name, undefined])),
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Writes the AWS tools' files into a home folder. */
export async function writeAwsFiles(
  home: string,
  files: { readonly config?: string; readonly credentials?: string },
): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeUnder(home, ['.aws', name], text);
}

/** A program that answers as a `credential_process` does; the path to name in a profile. */
export async function writeCredentialProcess(home: string, script: string): Promise<string> {
  const path = await writeUnder(home, ['bin', 'credentials'], `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o700);
  return path;
}

export const readAwsFile = (home: string, ...path: string[]): Promise<string> =>
  readFile(join(home, '.aws', ...path), 'utf8');

async function writeUnder(home: string, path: readonly string[], text: string): Promise<string> {
  const file = join(home, ...path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode: 0o600 });
  return file;
}
