import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jumpHostsOf } from '../../../electron/machines/import/ssh-config/jump-hosts';
import { loadConfig } from '../../../electron/machines/import/ssh-config/load-config';
import { resolveHost } from '../../../electron/machines/import/ssh-config/resolve-host';
import { parseForward } from '../../../shared/model/forward-text';
import { makeTempFolder } from '../../support/lab/temp-folder';
import { type GeneratedConfig, generatedConfig } from '../../support/ssh-config/generate';
import { askSsh, type RealSettings } from '../../support/ssh-config/real-ssh';

/** How many configurations are made; each is asked about two hosts. */
const configCount = Number(process.env.NUVEM_SSH_CONFIGS ?? 1500);
const seed = 20_261_121;
const atOnce = 6;

let folder: Awaited<ReturnType<typeof makeTempFolder>>;
let defaults: RealSettings;
/** By ssh. */
let refused = 0;
beforeAll(async () => {
  folder = await makeTempFolder('ssh-config');
  await writeFile(join(folder.path, 'empty'), '', { mode: 0o600 });
  defaults = await askSsh(join(folder.path, 'empty'), 'gpu', folder.path);
});
afterAll(() => folder.remove());

const single = [
  ...['user', 'port', 'identitiesonly', 'identityagent', 'forwardagent', 'gatewayports', 'hostkeyalias'],
  ...['serveraliveinterval', 'serveralivecountmax', 'connecttimeout', 'compression', 'clearallforwardings'],
];
const lists = ['identityfile', 'certificatefile'];
const forwards = { localforward: 'local', remoteforward: 'remote', dynamicforward: 'dynamic' } as const;

/** The differences between what we and ssh make of a configuration, in words. */
async function differences(config: GeneratedConfig, home: string): Promise<readonly (readonly string[])[]> {
  const write = async (path: string, text: string) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { mode: 0o600 });
  };
  const main = join(home, '.ssh', 'config');
  await write(main, config.main);
  for (const [name, text] of Object.entries(config.files)) await write(join(home, '.ssh', name), text);
  const loaded = await loadConfig({ path: main, homeFolder: home, fs: { readFile, readdir, stat } });
  return Promise.all(
    config.aliases.map(async (alias) => {
      const real = await askSsh(main, alias, home);
      const ours = resolveHost(loaded.file, { alias, localUser: userInfo().username });
      const isRefused = loaded.problems.length > 0 || ours.isHostNameWrong;
      if (real === null) refused += 1;
      if (real === null || isRefused)
        return (real === null) === isRefused ? [] : [isRefused ? 'only we refuse it' : 'only ssh refuses it'];
      const found: string[] = [];
      const compare = (keyword: string, our: unknown, theirs: unknown) => {
        if (JSON.stringify(our) !== JSON.stringify(theirs))
          found.push(`${keyword}: ${JSON.stringify(our)} is ${JSON.stringify(theirs)}`);
      };
      const textsOf = (keyword: string) => (ours.settings.get(keyword) ?? []).map(({ text }) => text ?? '');
      compare('hostname', [ours.hostName], real.get('hostname'));
      for (const keyword of single) {
        const [text] = textsOf(keyword);
        compare(keyword, text === undefined ? defaults?.get(keyword) : [text], real.get(keyword));
      }
      for (const keyword of lists) {
        const texts = textsOf(keyword);
        compare(keyword, texts.length === 0 ? defaults?.get(keyword) : texts, real.get(keyword));
      }
      // `ssh -G` prints the near end of a LocalForward to a socket as if it were a DynamicForward, too.
      const toSockets = new Set(
        (real.get('localforward') ?? []).filter((text) => / \//.test(text)).map((text) => text.split(' ')[0]),
      );
      const isCleared = textsOf('clearallforwardings')[0] === 'yes';
      for (const [keyword, kind] of Object.entries(forwards)) {
        const our = isCleared ? [] : textsOf(keyword).map((text) => parseForward(kind, text));
        const theirs = (real.get(keyword) ?? [])
          .filter((text) => kind !== 'dynamic' || !toSockets.has(text))
          .map((text) => parseForward(kind, text.replace(' ', ':')));
        compare(keyword, our, theirs);
      }
      const [jumps] = textsOf('proxyjump');
      const [theirJumps] = real.get('proxyjump') ?? [];
      const isNone = jumps?.toLowerCase() === 'none';
      compare(
        'proxyjump',
        jumps === undefined || isNone ? null : jumpHostsOf(jumps),
        theirJumps === undefined || theirJumps === 'none' ? null : jumpHostsOf(theirJumps),
      );
      const [command] = textsOf('proxycommand');
      compare('proxycommand', command === 'none' ? undefined : command, real.get('proxycommand')?.[0]);
      return found;
    }),
  );
}

describe('an ssh_config means to Nuvem what it means to the installed ssh', () => {
  it(`in ${configCount} made-up configurations, for two hosts each`, { timeout: 1_800_000 }, async () => {
    const configs = fc.sample(generatedConfig, { seed, numRuns: configCount });
    let agreed = 0;
    const disagreed: string[] = [];
    const queue = [...configs.entries()];
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, config] = next;
        for (const [at, found] of (await differences(config, join(folder.path, String(index)))).entries()) {
          if (found.length === 0) agreed += 1;
          else disagreed.push(`#${index} ${config.aliases[at]}: ${found.join('; ')}\n${config.main}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    console.log(`ssh -G agrees on ${agreed} of ${agreed + disagreed.length}; ${refused} it refuses`);
    expect(disagreed.slice(0, 5)).toEqual([]);
    expect(agreed).toBe(configCount * 2);
  });
});
