#!/usr/bin/env node
// @ts-check
// Makes a .deb with Debian's own dpkg-deb from the command line that electron-builder writes for fpm, for computers
// that can't download fpm (`CUSTOM_FPM_PATH`). What it does not know it refuses.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const text = /** @type {const} */ ({ type: 'string' });
const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    s: { ...text, short: 's' },
    t: { ...text, short: 't' },
    d: { ...text, short: 'd', multiple: true },
    force: { type: 'boolean' },
    'deb-recommends': { ...text, multiple: true },
    'deb-compression': text,
    'deb-priority': text,
    architecture: text,
    'after-install': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    category: text,
    license: text,
  },
});
if (values.t !== 'deb')
  throw new Error(`This makes .deb files, not ${values.t}. Install fpm for the others.`);
const target = values.package;
if (target === undefined) throw new Error('Say where the package goes: --package FILE');

const root = mkdtempSync(join(tmpdir(), 'nuvem-deb-'));
try {
  for (const file of files) copyIn(file);
  mkdirSync(join(root, 'DEBIAN'));
  writeFileSync(join(root, 'DEBIAN', 'control'), control());
  addScript('postinst', values['after-install']);
  addScript('postrm', values['after-remove']);
  chmodSync(root, 0o755);
  const compression = `-Z${{ gz: 'gzip' }[values['deb-compression'] ?? ''] ?? values['deb-compression'] ?? 'xz'}`;
  execFileSync('dpkg-deb', ['--root-owner-group', compression, '--build', root, target], {
    stdio: 'inherit',
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}

/**
 * `from=to`; a folder's content when `from` ends in a slash.
 * @param {string} file
 */
function copyIn(file) {
  const at = file.indexOf('=');
  const [from, to] = [file.slice(0, at), join(root, file.slice(at + 1))];
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

/**
 * @param {string} name
 * @param {string | undefined} file
 */
function addScript(name, file) {
  if (file === undefined) return;
  writeFileSync(join(root, 'DEBIAN', name), readFileSync(file), { mode: 0o755 });
}

/** deb-control(5): a description's further lines are indented, empty ones a dot. */
function control() {
  const [synopsis = '', ...lines] = (values.description ?? '').split('\n');
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    Vendor: values.vendor,
    License: values.license,
    'Installed-Size': String(Math.ceil(sizeBytes() / 1024)),
    Depends: values.d?.join(', '),
    Recommends: values['deb-recommends']?.join(', '),
    Section: values.category,
    Priority: values['deb-priority'],
    Homepage: values.url,
    Description: [synopsis, ...lines.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  };
  const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return `${set.map(([field, value]) => `${field}: ${value}`).join('\n')}\n`;
}

function sizeBytes() {
  const listed = execFileSync('du', ['--summarize', '--bytes', '--', root], { encoding: 'utf8' });
  return Number.parseInt(listed, 10);
}
