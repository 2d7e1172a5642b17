import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetPath, responseTo, type ServedResponse } from '../../../electron/desktop/app-protocol';

describe('an address of the app', () => {
  it.each([
    ['app://nuvem/', 'index.html'],
    ['app://nuvem/index.html', 'index.html'],
    ['app://nuvem/index.html?x=1#y', 'index.html'],
    ['app://nuvem/assets/index-KSJo7M_z.js', 'assets/index-KSJo7M_z.js'],
    ['app://nuvem/a/../index.html', 'index.html'],
  ])('%s names %s', (url, path) => {
    expect(assetPath(url)).toBe(path);
  });

  it.each([
    'app://other/index.html',
    'https://nuvem/index.html',
    'app://nuvem/..%2f..%2fetc%2fpasswd',
    'app://nuvem/%2e%2e/%2e%2e/secret.json/..%5c..%5cx.js',
    'app://nuvem/assets\\..\\..\\x.js%00',
    'app://nuvem/.env.js',
    'app://nuvem/assets/.git/x.js',
    'app://nuvem//etc/passwd.js',
    'app://nuvem/assets/',
    'app://nuvem/main.ts',
    'app://nuvem/noextension',
    'not an address',
  ])('%s names nothing', (url) => {
    expect(assetPath(url)).toBeNull();
  });
});

describe('the served app', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nuvem-app-'));
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'secret.json'), '{}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const get = (url: string, method = 'GET'): Promise<ServedResponse> =>
    responseTo(join(folder, 'out'), { url, method });

  it('comes with a policy that lets no script in from elsewhere', async () => {
    const { data, headers } = await get('app://nuvem/');
    expect(data.toString()).toBe('<!doctype html>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  it.each(['app://nuvem/missing.js', 'app://nuvem/..%2fsecret.json'])('has no %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });

  it('answers nothing but GET', async () => {
    expect((await get('app://nuvem/', 'POST')).statusCode).toBe(404);
  });
});
