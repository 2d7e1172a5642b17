import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError } from './step';
import { hasCommand } from './system/packages';
import { runOrThrow } from './system/run';
import { makeFolderOnce, userCacheDir } from './user-cache';

const crate = 'electron/native/gcm';
const sources = ['Cargo.toml', 'Cargo.lock', 'build.rs', 'src/lib.rs'];
const builtName: Readonly<Record<string, string>> = {
  linux: 'libnuvem_gcm.so',
  darwin: 'libnuvem_gcm.dylib',
  win32: 'nuvem_gcm.dll',
};

/**
 * Puts the native cipher for this platform into `folder`, beside a bundle that loads it; it is compiled once per
 * user. Where there is no Rust, or it fails, says so and leaves the work to Node's crypto: same bytes, slower.
 */
export async function addNativeGcm(folder: string): Promise<void> {
  if (!(await hasCommand('cargo'))) {
    console.log('  Without Rust (cargo) tunnels use the slower cipher of Node.');
    return;
  }
  const name = `nuvem-gcm.${process.platform}-${process.arch}.node`;
  const kept = join(userCacheDir(), `native-gcm-${await hashOfSources()}`);
  try {
    await makeFolderOnce(kept, (draft) => compile(join(draft, name)));
    await copyFile(join(kept, name), join(folder, name));
  } catch (error) {
    console.log(`  The native cipher could not be compiled, so Node's is used: ${describeError(error)}`);
  }
}

async function compile(target: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'nuvem-gcm-'));
  try {
    await runOrThrow(
      'cargo',
      ['build', '--release', '--locked', '--quiet', '--manifest-path', `${crate}/Cargo.toml`],
      {
        env: { ...process.env, CARGO_TARGET_DIR: scratch },
      },
    );
    await copyFile(join(scratch, 'release', builtName[process.platform] ?? ''), target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const source of sources) hash.update(await readFile(join(crate, source)));
  return hash.digest('hex').slice(0, 16);
}
