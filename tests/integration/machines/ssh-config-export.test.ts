import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sshConfigOf } from '../../../electron/machines/export/ssh-config';
import { type JumpHost, jumpHostsOf } from '../../../electron/machines/import/ssh-config/jump-hosts';
import { parseForward } from '../../../shared/model/forward-text';
import type { ImportItem, ImportJump } from '../../../shared/model/import-plan';
import { netcatCommand } from '../../../shared/model/netcat';
import type { Forward } from '../../../shared/model/tunnel';
import { makeTempFolder } from '../../support/lab/temp-folder';
import { generatedMachines } from '../../support/ssh-config/generate-machines';
import { askSsh, type RealSettings } from '../../support/ssh-config/real-ssh';

const fileCount = 200;
const seed = 20_261_121;
/** Of those that old servers need, what ssh itself no longer offers. */
const givenUp = ['diffie-hellman-group1-sha1', 'ssh-rsa', '3des-cbc'];

let folder: Awaited<ReturnType<typeof makeTempFolder>>;
beforeAll(async () => {
  folder = await makeTempFolder('ssh-config-export');
});
afterAll(() => folder.remove());

const inlineJumpsOf = ({ jumps }: ImportItem['machine']['route']) =>
  jumps.filter((jump) => jump.kind === 'inline');

/** What `ssh -G` should say of a machine, for all that it says of it. */
function expectedOf({ machine, tunnels }: ImportItem) {
  const { route, identity, forwardsAgent, allowsOldAlgorithms } = machine;
  const ofKind = (kind: Forward['kind']) =>
    tunnels.flatMap(({ forward }) => (forward.kind === kind ? [forward] : []));
  return {
    hostname: route.host,
    port: String(route.port),
    user: route.user,
    jumps: route.jumps.map(jumpOf) as readonly JumpHost[],
    proxycommand: route.jumps.length > 0 ? undefined : commandOf(route.proxy),
    key: identity.kind === 'keyFile' ? identity.path : null,
    agent:
      identity.kind === 'agent'
        ? identity.socketPath.replace(/^~/, userInfo().homedir) || 'SSH_AUTH_SOCK'
        : undefined,
    asksForPassword: identity.kind === 'password',
    forwardsAgent,
    allowsOldAlgorithms,
    local: ofKind('local'),
    remote: ofKind('remote'),
    dynamic: ofKind('dynamic'),
  };
}

const jumpOf = (jump: ImportJump): JumpHost =>
  jump.kind === 'inline'
    ? { host: jump.host, port: jump.port, user: jump.user }
    : { host: jump.kind === 'item' ? jump.key.replace('host:', '') : '', port: null, user: null };

function commandOf(proxy: ImportItem['machine']['route']['proxy']): string | undefined {
  if (proxy === null) return undefined;
  return proxy.kind === 'command' ? proxy.line : netcatCommand(proxy, (word) => word);
}

/** The same as ssh says it. */
function saidBy(real: NonNullable<RealSettings>): ReturnType<typeof expectedOf> {
  const all = (keyword: string) => real.get(keyword) ?? [];
  const first = (keyword: string) => all(keyword)[0] ?? '';
  const isKeyOnly = first('identitiesonly') === 'yes';
  const toSockets = all('localforward').map((text) => (/ \//.test(text) ? text.split(' ')[0] : ''));
  const forwards = <Kind extends Forward['kind']>(kind: Kind, texts: readonly string[]) =>
    texts.map(
      (text) => parseForward(kind, text.replace(/ (?=\S+$)/, ':')) as Extract<Forward, { kind: Kind }>,
    );
  const offered = ['kexalgorithms', 'hostkeyalgorithms', 'pubkeyacceptedalgorithms', 'ciphers', 'macs'];
  const isOldOffered = givenUp.map((name) =>
    offered.some((keyword) => first(keyword).split(',').includes(name)),
  );
  expect(new Set(isOldOffered).size).toBe(1);
  return {
    hostname: first('hostname'),
    port: first('port'),
    user: first('user'),
    jumps: first('proxyjump') === '' ? [] : (jumpHostsOf(first('proxyjump')) ?? []),
    proxycommand: real.get('proxycommand')?.[0],
    // Of these two `ssh -G` prints only the agent's with its tokens filled in.
    key: isKeyOnly ? first('identityfile').replaceAll('%%', '%') : null,
    agent: real.get('identityagent')?.[0],
    asksForPassword: first('preferredauthentications') === 'keyboard-interactive,password',
    forwardsAgent: first('forwardagent') === 'yes',
    allowsOldAlgorithms: isOldOffered[0] === true,
    local: forwards('local', all('localforward')),
    remote: forwards('remote', all('remoteforward')),
    dynamic: forwards(
      'dynamic',
      all('dynamicforward').filter((text) => !toSockets.includes(text)),
    ),
  };
}

it(`ssh reads ${fileCount} exported files as what was exported`, { timeout: 600_000 }, async () => {
  const path = join(folder.path, 'exported.conf');
  for (const items of fc.sample(generatedMachines, { seed, numRuns: fileCount })) {
    const text = sshConfigOf(items);
    await writeFile(path, text, { mode: 0o600 });
    for (const item of items) {
      const real = await askSsh(path, item.machine.name, folder.path);
      if (real === null) expect.fail(`ssh refuses it:\n${text}`);
      expect(saidBy(real), text).toEqual(expectedOf(item));
      for (const { host, user, identity } of inlineJumpsOf(item.machine.route)) {
        const jump = await askSsh(path, `${user}@${host}`, folder.path);
        expect(jump?.get('identityfile'), text).toEqual(identity.kind === 'keyFile' ? [identity.path] : []);
        expect(jump?.get('proxycommand')?.[0], text).toBe(commandOf(item.machine.route.proxy));
      }
    }
  }
});
