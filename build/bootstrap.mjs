// @ts-check
// Runs a script of ours from a fresh clone: `node build/bootstrap.mjs <script.ts> [argument...]`.
// Plain JavaScript without dependencies, because nothing is installed yet when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommandLine } from './npm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  console.error(`Nuvem needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

if (!isInstalled()) install();
runScript(process.argv.slice(2));

/** Whether node_modules holds what package-lock.json asks for; npm itself keeps the list of what it installed. */
function isInstalled() {
  const listFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(listFile)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(listFile);
  return Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path];
    // Packages for other platforms are in the lock file and rightly not installed.
    if (path === '' || (found === undefined && entry.optional)) return true;
    return found?.version === entry.version && found?.integrity === entry.integrity;
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function readPackages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function install() {
  console.log('Installing dependencies');
  const startedAt = performance.now();
  const npm = npmCommandLine(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const { status, error } = spawnSync(npm.command, npm.args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error(`npm ci failed${error ? `: ${error.message}` : ''}. Its output above says why.`);
    process.exit(1);
  }
  console.log(`Dependencies installed (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
}

/** @param {string[]} args */
function runScript(args) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
