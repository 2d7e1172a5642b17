import { describe, expect, it, vi } from 'vitest';
import type { AttemptInput } from '../../../electron/connection/attempt';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { ConnectionPool } from '../../../electron/connection/connection-pool';
import type { Transport } from '../../../electron/connection/transport';
import type { Verdict } from '../../../electron/trust/verdict';
import type { Vault, VaultKey } from '../../../electron/vault/vault';
import { AppError } from '../../../shared/errors/app-error';
import type { ConnectionSnapshot, ConnectionState } from '../../../shared/model/connection';
import {
  directRoute,
  emptyMachineDraft,
  type Identity,
  type Machine,
  MachineId,
  usualAgent,
} from '../../../shared/model/machine';
import type { PromptId } from '../../../shared/model/prompt';
import { wayTo } from '../../../shared/model/way';
import { FakeClock } from '../../support/fake-clock';
import { fakeSigningKey } from '../../support/fake-signing-key';
import { noInstances } from '../../support/lab/no-instances';

const hostKey = Buffer.from(
  '0000000b7373682d65643235353139000000200000000000000000000000000000000000000000000000000000000000000000',
  'hex',
);
const ana = MachineId.parse('00000000-0000-4000-8000-0000000000a1');
const bia = MachineId.parse('00000000-0000-4000-8000-0000000000b2');

class FakeTransport implements Transport {
  localAddress: string | null = null;
  isClosed = false;
  answersPing = true;
  #listeners: ((error: AppError | null) => void)[] = [];
  exec = () => Promise.reject(new AppError('channel-refused'));
  openCommand = () => Promise.reject(new AppError('channel-refused'));
  openTcp = () => Promise.reject(new AppError('channel-refused'));
  openUnixSocket = () => Promise.reject(new AppError('channel-refused'));
  listenTcp = () => Promise.reject(new AppError('remote-listen-refused'));
  listenUnixSocket = () => Promise.reject(new AppError('remote-listen-refused'));
  ping = () => (this.answersPing ? Promise.resolve(1) : new Promise<number>(() => undefined));
  close = () => this.end(null);
  onClosed(listener: (error: AppError | null) => void) {
    this.#listeners.push(listener);
    return () => undefined;
  }
  end(error: AppError | null) {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const listener of this.#listeners) listener(error);
  }
}

/** A pool whose server is the test: each attempt waits in `attempts` until the test decides about it. */
class Rig {
  readonly clock = new FakeClock();
  readonly attempts: { input: AttemptInput; succeed(): FakeTransport; fail(error: AppError): void }[] = [];
  readonly snapshots: ConnectionSnapshot[] = [];
  readonly log = new ConnectionLog(this.clock, () => undefined);
  readonly secrets = new Map<VaultKey, string>();
  readonly remembered: Buffer[] = [];
  readonly replaced: Buffer[] = [];
  readonly passphrases: string[] = [];
  readonly confirmed: string[] = [];
  verdict: Verdict = { kind: 'trusted', file: '/kh', line: 1 };
  rightPassphrase = '';
  readonly machines = new Map<MachineId, Machine>();
  readonly vault: Vault = {
    canKeep: true,
    get: async (key) => this.secrets.get(key) ?? null,
    set: async (key, secret) => void this.secrets.set(key, secret),
    remove: async (key) => void this.secrets.delete(key),
    removeAll: async () => undefined,
  };
  readonly pool: ConnectionPool;

  constructor(identity: Identity = usualAgent) {
    this.add(ana, identity);
    this.pool = new ConnectionPool({
      clock: this.clock,
      random: () => 1,
      vault: this.vault,
      confirmedCommands: {
        has: (command) => this.confirmed.includes(command),
        confirm: (command) => void this.confirmed.push(command),
      },
      seenHostKeys: { note: () => undefined },
      instances: noInstances,
      log: this.log,
      wayTo: (id) => {
        const machine = this.machines.get(id);
        if (machine === undefined) throw new AppError('machine-not-found');
        return wayTo(machine, [...this.machines.values()]);
      },
      hostTrust: {
        verdictFor: async () => this.verdict,
        certificateVerdictFor: async () => null,
        knowsAuthority: async () => false,
        knownKeyTypes: async () => [],
        remember: async (_host, _port, key) => void this.remembered.push(key),
        replace: async (_host, _port, key) => void this.replaced.push(key),
      },
      proveIdentity: async (asked, askPassphrase) => {
        if (asked.kind !== 'keyFile') return { kind: 'password' };
        for (let wasWrong = false; ; wasWrong = true) {
          const passphrase = await askPassphrase({ keyPath: asked.path, wasWrong });
          this.passphrases.push(passphrase);
          if (passphrase === this.rightPassphrase) break;
        }
        return { kind: 'privateKey', keys: [fakeSigningKey('x')] };
      },
      agentSocketOf: async (socketPath) => socketPath || '/run/agent',
      connectAttempt: async (input) => {
        const refusal = await input.judgeHostKey(hostKey, null);
        if (refusal !== null) throw refusal;
        input.onAuthenticating();
        return new Promise((resolve, reject) => {
          input.signal.addEventListener('abort', () => reject(new AppError('cancelled')));
          this.attempts.push({
            input,
            succeed: () => {
              const transport = new FakeTransport();
              resolve(transport);
              return transport;
            },
            fail: reject,
          });
        });
      },
      onChanged: (snapshot) => this.snapshots.push(snapshot),
    });
  }

  add(id: MachineId, identity: Identity, host = 'lab') {
    this.machines.set(id, {
      ...emptyMachineDraft,
      id,
      name: id,
      isDemo: false,
      tunnels: [],
      route: directRoute({ host, port: 22, user: 'u' }),
      identity,
    });
  }
  state = (id = ana) => this.pool.link(id).state();
  /** Resolves once the machine's connection is of that kind. */
  reached<K extends ConnectionState['kind']>(
    kind: K,
    id = ana,
  ): Promise<Extract<ConnectionState, { kind: K }>> {
    const link = this.pool.link(id);
    return new Promise((resolve) => {
      const check = (state: ConnectionState) => {
        if (state.kind === kind) resolve(state as Extract<ConnectionState, { kind: K }>);
      };
      link.onStateChanged(check);
      check(link.state());
    });
  }
  async attempt(number: number) {
    for (let turns = 0; this.attempts.length < number && turns < 100; turns += 1)
      await new Promise(setImmediate);
    const attempt = this.attempts[number - 1];
    if (attempt === undefined) throw new Error(`attempt ${number} was never made`);
    return attempt;
  }
  async prompt(id = ana): Promise<{ promptId: PromptId; wasWrong?: boolean }> {
    for (let turns = 0; turns < 100; turns += 1) {
      const state = this.state(id);
      if ('prompt' in state && state.prompt !== null) return state.prompt;
      await new Promise(setImmediate);
    }
    throw new Error('nothing was asked');
  }
  async answer(secret: string, isRemembered = false) {
    const { promptId } = await this.prompt();
    this.pool.answer({ kind: 'secret', promptId, secret, isRemembered });
  }
  async ready(id = ana): Promise<FakeTransport> {
    this.pool.connect(id);
    const transport = (await this.attempt(this.attempts.length + 1)).succeed();
    await this.reached('ready', id);
    return transport;
  }
  settled = () => new Promise((resolve) => setTimeout(resolve, 0));
}

const lost = () => new AppError('connection-lost', { host: 'lab' });

describe('sharing', () => {
  it('many callers at once share one attempt and one transport', async () => {
    const rig = new Rig();
    const leases = [rig.pool.acquire(ana), rig.pool.acquire(ana)];
    rig.pool.connect(ana);
    const waiting = Promise.all([
      ...leases.map(({ link }) => link.whenReady()),
      rig.pool.link(ana).whenReady(),
    ]);
    const transport = (await rig.attempt(1)).succeed();
    expect(await waiting).toEqual([transport, transport, transport]);
    await rig.settled();
    expect(rig.attempts).toHaveLength(1);
  });

  it('the last claim given back closes the connection, not an earlier one and not twice', async () => {
    const rig = new Rig();
    const first = rig.pool.acquire(ana);
    const second = rig.pool.acquire(ana);
    const transport = (await rig.attempt(1)).succeed();
    await rig.reached('ready');
    first.release();
    first.release();
    expect(transport.isClosed).toBe(false);
    second.release();
    expect(transport.isClosed).toBe(true);
    expect(rig.state().kind).toBe('closed');
  });

  it('stays while the user wants it, whoever gives a lease back', async () => {
    const rig = new Rig();
    const transport = await rig.ready();
    rig.pool.acquire(ana).release();
    expect(transport.isClosed).toBe(false);
  });

  it('the user’s disconnect beats every lease', async () => {
    const rig = new Rig();
    const lease = rig.pool.acquire(ana);
    const transport = (await rig.attempt(1)).succeed();
    await rig.reached('ready');
    rig.pool.disconnect(ana);
    expect(transport.isClosed).toBe(true);
    await expect(lease.link.whenReady()).rejects.toMatchObject({ code: 'not-connected' });
    lease.release();
    expect(rig.state().kind).toBe('closed');
  });

  it('two machines with one route and identity share one login; one leaves, the other stays', async () => {
    const rig = new Rig();
    rig.add(bia, usualAgent, 'LAB');
    const transport = await rig.ready(ana);
    rig.pool.connect(bia);
    expect(await rig.pool.link(bia).whenReady()).toBe(transport);
    rig.pool.disconnect(ana);
    expect([rig.state(ana).kind, rig.state(bia).kind, transport.isClosed]).toEqual([
      'closed',
      'ready',
      false,
    ]);
    rig.pool.disconnect(bia);
    expect(transport.isClosed).toBe(true);
  });

  it('another identity is another login', async () => {
    const rig = new Rig();
    rig.add(bia, { kind: 'password' });
    await rig.ready(ana);
    rig.pool.connect(bia);
    await rig.attempt(2);
    expect(rig.state(ana).kind).toBe('ready');
  });

  it.each(['forwardsAgent', 'allowsOldAlgorithms'] as const)('another %s is another login', async (name) => {
    const rig = new Rig();
    await rig.ready(ana);
    rig.pool.disconnect(ana);
    rig.machines.set(ana, { ...(rig.machines.get(ana) as Machine), [name]: true });
    rig.pool.connect(ana);
    const { input } = await rig.attempt(2);
    expect([input.allowsOldAlgorithms, input.forwardedAgent !== null]).toEqual(
      name === 'forwardsAgent' ? [false, true] : [true, false],
    );
  });

  it('another way to the same server is another login', async () => {
    const rig = new Rig();
    rig.add(bia, usualAgent);
    const { route, ...machine } = rig.machines.get(bia) as Machine;
    const jump = { kind: 'inline', host: 'gate', port: 22, user: 'u', identity: usualAgent } as const;
    rig.machines.set(bia, { ...machine, route: { ...route, jumps: [jump] } });
    await rig.ready(ana);
    rig.pool.connect(bia);
    expect((await rig.attempt(2)).input.route.host).toBe('gate');
    expect(rig.state(ana).kind).toBe('ready');
  });

  it('a way through a machine that is gone fails, and works once the machine is there', async () => {
    const rig = new Rig();
    const machine = rig.machines.get(ana) as Machine;
    const jumps = [{ kind: 'machine', machineId: bia }] as const;
    rig.machines.set(ana, { ...machine, route: { ...machine.route, jumps } });
    const lease = rig.pool.acquire(ana);
    expect(rig.state()).toMatchObject({ kind: 'failed', error: { code: 'jump-machine-missing' } });
    await expect(lease.link.whenReady()).rejects.toMatchObject({ code: 'jump-machine-missing' });
    rig.add(bia, usualAgent, 'gate');
    rig.pool.connect(ana);
    expect((await rig.attempt(1)).input.route.host).toBe('gate');
  });

  it('another proxy to the same server is another login', async () => {
    const rig = new Rig();
    rig.add(bia, usualAgent);
    const { route, ...machine } = rig.machines.get(bia) as Machine;
    const proxy = { kind: 'http', host: 'proxy', port: 3128, user: '' } as const;
    rig.machines.set(bia, { ...machine, route: { ...route, proxy } });
    await rig.ready(ana);
    rig.pool.connect(bia);
    expect((await rig.attempt(2)).input.proxy).toEqual({ kind: 'server', proxy, password: '' });
  });

  it('an edited machine leaves its old connection when it connects again', async () => {
    const rig = new Rig();
    const old = await rig.ready();
    rig.add(ana, usualAgent, 'elsewhere');
    await rig.ready();
    expect(old.isClosed).toBe(true);
    expect(rig.attempts[1]?.input.route.host).toBe('elsewhere');
    expect(rig.state().kind).toBe('ready');
  });
});

describe('what others see', () => {
  it('snapshots number each machine’s changes one by one', async () => {
    const rig = new Rig();
    await rig.ready();
    rig.pool.disconnect(ana);
    expect(rig.snapshots.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
    expect(rig.snapshots.map(({ state }) => state.kind)).toEqual([
      'connecting',
      'authenticating',
      'ready',
      'closing',
      'closed',
    ]);
    expect(rig.pool.snapshots()).toEqual([rig.snapshots.at(-1)]);
  });

  it('a machine that never connected is idle and cannot be waited for', async () => {
    const rig = new Rig();
    expect(rig.state()).toEqual({ kind: 'idle' });
    await expect(rig.pool.link(ana).whenReady()).rejects.toMatchObject({ code: 'not-connected' });
  });

  it('an unknown machine is refused at once', () => {
    expect(() => new Rig().pool.connect(bia)).toThrow(expect.objectContaining({ code: 'machine-not-found' }));
  });

  it('who waits learns why it failed', async () => {
    const rig = new Rig();
    rig.pool.connect(ana);
    const waiting = rig.pool.link(ana).whenReady();
    (await rig.attempt(1)).fail(new AppError('key-refused', { user: 'u' }));
    await expect(waiting).rejects.toMatchObject({ code: 'key-refused', params: { user: 'u' } });
    await expect(rig.pool.link(ana).whenReady()).rejects.toMatchObject({ code: 'key-refused' });
  });

  it('who waits learns that the user called it off', async () => {
    const rig = new Rig();
    rig.pool.connect(ana);
    const waiting = rig.pool.link(ana).whenReady();
    rig.pool.disconnect(ana);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('who waits may stop waiting', async () => {
    const rig = new Rig();
    rig.pool.connect(ana);
    const stop = new AbortController();
    const waiting = rig.pool.link(ana).whenReady(stop.signal);
    stop.abort(new AppError('cancelled'));
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(rig.state().kind).not.toBe('closed');
  });
});

describe('survival', () => {
  it('a lost connection comes back by itself; who waits gets the new transport', async () => {
    const rig = new Rig();
    const lease = rig.pool.acquire(ana);
    (await rig.attempt(1)).succeed();
    ((await lease.link.whenReady()) as FakeTransport).end(lost());
    expect(rig.state()).toMatchObject({ kind: 'waitingToRetry', retryNumber: 1 });
    const waiting = lease.link.whenReady();
    rig.clock.advance(1000);
    const second = (await rig.attempt(2)).succeed();
    expect(await waiting).toBe(second);
  });

  it('sleeps eight hours, wakes to a dead connection, notices within ten seconds and reconnects', async () => {
    const rig = new Rig();
    const transport = await rig.ready();
    transport.answersPing = false;
    rig.clock.sleep(8 * 3_600_000, 'stands still');
    rig.pool.resumed();
    rig.clock.advance(9_999);
    expect(rig.state().kind).toBe('ready');
    rig.clock.advance(1);
    expect(rig.state().kind).toBe('waitingToRetry');
    expect(transport.isClosed).toBe(true);
    rig.clock.advance(1000);
    (await rig.attempt(2)).succeed();
    await rig.reached('ready');
  });

  it('sleeps eight hours and wakes to a connection that still answers: nothing changes', async () => {
    const rig = new Rig();
    await rig.ready();
    rig.clock.sleep(8 * 3_600_000, 'moves on');
    rig.pool.resumed();
    await rig.settled();
    rig.clock.advance(60_000);
    expect(rig.state().kind).toBe('ready');
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it('a retry that the night overslept happens in the morning', async () => {
    const rig = new Rig();
    (await rig.ready()).end(lost());
    rig.clock.sleep(8 * 3_600_000, 'moves on');
    rig.clock.advance(0);
    (await rig.attempt(2)).fail(new AppError('network-unreachable'));
    await rig.settled();
    expect(rig.state().kind).toBe('waitingToRetry');
  });

  it('a transport that arrives after the user gave up is closed', async () => {
    const rig = new Rig();
    rig.pool.connect(ana);
    const attempt = await rig.attempt(1);
    const transport = attempt.succeed();
    rig.pool.disconnect(ana);
    await rig.settled();
    expect(transport.isClosed).toBe(true);
    expect(rig.state().kind).toBe('closed');
  });

  it('closing all leaves nothing open', async () => {
    const rig = new Rig();
    rig.add(bia, { kind: 'password' });
    const transport = await rig.ready(ana);
    rig.pool.connect(bia);
    await rig.attempt(2);
    await rig.pool.closeAll();
    expect([transport.isClosed, rig.state(ana).kind, rig.state(bia).kind]).toEqual([
      true,
      'closed',
      'closed',
    ]);
    expect(rig.attempts[1]?.input.signal.aborted).toBe(true);
  });
});

describe('host keys', () => {
  it('an unknown one is asked about, let pass once accepted, and saved only after the connection is ready', async () => {
    const rig = new Rig();
    rig.verdict = { kind: 'unknown' };
    rig.pool.connect(ana);
    const { prompt } = await rig.reached('awaitingHostKey');
    expect(prompt).toMatchObject({
      host: 'lab',
      port: 22,
      keyType: 'ssh-ed25519',
      fingerprint: expect.stringMatching(/^SHA256:/),
    });
    expect(rig.attempts).toHaveLength(0);
    rig.pool.answer({ kind: 'hostKey', promptId: prompt.promptId, isAccepted: true });
    const attempt = await rig.attempt(1);
    expect(rig.remembered).toEqual([]);
    attempt.succeed();
    await rig.reached('ready');
    await rig.settled();
    expect(rig.remembered).toEqual([hostKey]);
  });

  it('one that was accepted is not saved when the login fails', async () => {
    const rig = new Rig();
    rig.verdict = { kind: 'unknown' };
    rig.pool.connect(ana);
    const { prompt } = await rig.reached('awaitingHostKey');
    rig.pool.answer({ kind: 'hostKey', promptId: prompt.promptId, isAccepted: true });
    (await rig.attempt(1)).fail(new AppError('key-refused'));
    await rig.reached('failed');
    expect(rig.remembered).toEqual([]);
  });

  it('a changed one is refused with both fingerprints and where the old one stands', async () => {
    const rig = new Rig();
    rig.verdict = {
      kind: 'changed',
      file: '/kh',
      line: 7,
      oldKeyType: 'ssh-rsa',
      oldFingerprint: 'SHA256:old',
    };
    rig.pool.connect(ana);
    const { error } = await rig.reached('failed');
    expect(error).toMatchObject({
      code: 'host-key-changed',
      params: {
        ...{
          host: 'lab',
          port: 22,
          keyType: 'ssh-ed25519',
          oldFingerprint: 'SHA256:old',
          file: '/kh',
          line: 7,
        },
        newFingerprint: expect.stringMatching(/^SHA256:/),
      },
    });
  });

  describe('a changed one', () => {
    const changed = async () => {
      const rig = new Rig();
      rig.verdict = {
        ...{ kind: 'changed', file: '/kh', line: 7, oldKeyType: 'ssh-rsa', oldFingerprint: 'SHA256:old' },
      };
      rig.pool.connect(ana);
      const { error } = await rig.reached('failed');
      return { rig, end: String(error.params.newFingerprint).slice(-6) };
    };

    it('replaces the known one only after the login with it has worked', async () => {
      const { rig, end } = await changed();
      rig.pool.replaceHostKey(ana, end);
      (await rig.attempt(1)).succeed();
      await rig.reached('ready');
      await vi.waitFor(() => expect(rig.replaced).toHaveLength(1));
      expect(rig.remembered).toEqual([]);
    });

    it('is not replaced when nobody could log in, and is refused again', async () => {
      const { rig, end } = await changed();
      rig.pool.replaceHostKey(ana, end);
      (await rig.attempt(1)).fail(new AppError('key-refused'));
      await vi.waitFor(() =>
        expect(rig.pool.link(ana).state()).toMatchObject({ kind: 'failed', error: { code: 'key-refused' } }),
      );
      expect(rig.replaced).toEqual([]);
      rig.pool.connect(ana);
      await vi.waitFor(() =>
        expect(rig.pool.link(ana).state()).toMatchObject({ error: { code: 'host-key-changed' } }),
      );
    });

    it('is not replaced by anything but the last six characters of its fingerprint', async () => {
      const { rig, end } = await changed();
      for (const typed of ['', end.slice(1), 'SHA256', `${end}x`]) {
        expect(() => rig.pool.replaceHostKey(ana, typed)).toThrow(
          expect.objectContaining({ code: 'invalid-request' }),
        );
      }
    });
  });
});

describe('secrets', () => {
  const keyFile: Identity = { kind: 'keyFile', path: '~/key' };

  it('a passphrase is asked for until it is right, and kept only because the user said so and it worked', async () => {
    const rig = new Rig(keyFile);
    rig.rightPassphrase = 'right';
    rig.pool.connect(ana);
    await rig.answer('wrong', true);
    await rig.settled();
    expect((await rig.prompt()).wasWrong).toBe(true);
    await rig.answer('right', true);
    const attempt = await rig.attempt(1);
    expect(rig.secrets.size).toBe(0);
    attempt.succeed();
    await rig.reached('ready');
    await rig.settled();
    expect([...rig.secrets]).toEqual([['passphrase:~/key', 'right']]);
  });

  it('what the user does not want remembered is not, and is not asked for again while reconnecting', async () => {
    const rig = new Rig(keyFile);
    rig.rightPassphrase = 'right';
    rig.pool.connect(ana);
    await rig.answer('right');
    const transport = (await rig.attempt(1)).succeed();
    await rig.reached('ready');
    transport.end(lost());
    rig.clock.advance(1000);
    (await rig.attempt(2)).succeed();
    await rig.reached('ready');
    expect(rig.passphrases).toEqual(['right']);
    expect(rig.secrets.size).toBe(0);
  });

  it('a remembered passphrase that is right is not asked for', async () => {
    const rig = new Rig(keyFile);
    rig.rightPassphrase = 'right';
    rig.secrets.set('passphrase:~/key', 'right');
    await rig.ready();
    expect(rig.passphrases).toEqual(['right']);
  });

  it('a remembered passphrase that is wrong is tried once, asked for, and replaced or dropped', async () => {
    for (const isRemembered of [true, false]) {
      const rig = new Rig(keyFile);
      rig.rightPassphrase = 'right';
      rig.secrets.set('passphrase:~/key', 'stale');
      rig.pool.connect(ana);
      await rig.answer('right', isRemembered);
      (await rig.attempt(1)).succeed();
      await rig.reached('ready');
      await rig.settled();
      expect(rig.passphrases).toEqual(['stale', 'right']);
      expect([...rig.secrets.values()]).toEqual(isRemembered ? ['right'] : []);
    }
  });

  it('a remembered password that is wrong is sent once, then only what the user types', async () => {
    const rig = new Rig({ kind: 'password' });
    rig.secrets.set('password:u@lab:22', 'stale');
    rig.pool.connect(ana);
    const first = await rig.attempt(1);
    expect(await first.input.password()).toBe('stale');
    first.fail(new AppError('password-refused'));
    expect((await rig.prompt()).wasWrong).toBe(true);
    await rig.settled();
    expect(rig.attempts).toHaveLength(1);
    await rig.answer('right', true);
    const second = await rig.attempt(2);
    expect(await second.input.password()).toBe('right');
    second.succeed();
    await rig.reached('ready');
    await rig.settled();
    expect([...rig.secrets.values()]).toEqual(['right']);
  });

  it('a password is not sent again by itself after the server refused it on the way back', async () => {
    const rig = new Rig({ kind: 'password' });
    rig.pool.connect(ana);
    const first = await rig.attempt(1);
    const asked = first.input.password();
    await rig.answer('typed');
    expect(await asked).toBe('typed');
    const transport = first.succeed();
    await rig.reached('ready');
    transport.end(lost());
    rig.clock.advance(1000);
    const second = await rig.attempt(2);
    expect(await second.input.password()).toBe('typed');
    second.fail(new AppError('password-refused'));
    await rig.prompt();
    rig.clock.advance(3_600_000);
    await rig.settled();
    expect(rig.attempts).toHaveLength(2);
  });

  it('questions of the server reach the user and the answers the server', async () => {
    const rig = new Rig();
    rig.pool.connect(ana);
    const { input } = await rig.attempt(1);
    const questions = [{ text: 'Verification code: ', isEchoed: true }];
    const answered = input.answer({ title: 'Two factors', instructions: '', questions });
    const { promptId } = await rig.prompt();
    expect(rig.state()).toMatchObject({
      prompt: { kind: 'keyboardInteractive', title: 'Two factors', questions },
    });
    rig.pool.answer({ kind: 'keyboardInteractive', promptId, answers: ['123456'] });
    expect(await answered).toEqual(['123456']);
  });

  it('an answer to a question that is no longer open is ignored', async () => {
    const rig = new Rig({ kind: 'password' });
    rig.pool.connect(ana);
    const { input } = await rig.attempt(1);
    const asked = input.password();
    const { promptId } = await rig.prompt();
    rig.pool.disconnect(ana);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    rig.pool.answer({ kind: 'secret', promptId, secret: 'late', isRemembered: true });
    await rig.settled();
    expect([rig.state().kind, rig.attempts.length, rig.secrets.size]).toEqual(['closed', 1, 0]);
  });

  it('no secret is in the log, whatever happens', async () => {
    const rig = new Rig({ kind: 'password' });
    rig.secrets.set('password:u@lab:22', 'hunter-vault');
    rig.pool.connect(ana);
    const first = await rig.attempt(1);
    await first.input.password();
    first.fail(new AppError('password-refused'));
    await rig.answer('hunter-typed', true);
    const second = await rig.attempt(2);
    await second.input.password();
    second.succeed();
    await rig.reached('ready');
    await rig.settled();
    const text = JSON.stringify([rig.log.entries(ana), rig.snapshots]);
    expect(text).toContain('secret-remembered');
    expect(text).not.toContain('hunter');
  });
});

describe('a proxy command', () => {
  const line = 'nc -X 5 %h %p';
  const behindCommand = (rig: Rig, id: MachineId, proxyLine = line) => {
    const { route, ...machine } = rig.machines.get(id) as Machine;
    const proxy = { kind: 'command', line: proxyLine } as const;
    rig.machines.set(id, { ...machine, route: { ...route, proxy } });
  };

  it('that nobody has confirmed is shown as it will run, and runs only then', async () => {
    const rig = new Rig();
    behindCommand(rig, ana);
    rig.pool.connect(ana);
    const { promptId } = await rig.prompt();
    expect(rig.state()).toMatchObject({ prompt: { kind: 'command', command: 'nc -X 5 lab 22' } });
    expect(rig.attempts).toHaveLength(0);
    rig.pool.answer({ kind: 'secret', promptId, secret: 'x', isRemembered: true });
    await rig.settled();
    expect(rig.attempts).toHaveLength(0);
    rig.pool.answer({ kind: 'command', promptId, isConfirmed: true });
    const { input } = await rig.attempt(1);
    expect(input.proxy).toEqual({ kind: 'command', command: 'nc -X 5 lab 22' });
    expect(rig.confirmed).toEqual(['nc -X 5 lab 22']);
  });

  it('that was declined is not run, and is asked for again', async () => {
    const rig = new Rig();
    behindCommand(rig, ana);
    for (let times = 0; times < 2; times += 1) {
      rig.pool.connect(ana);
      const { promptId } = await rig.prompt();
      rig.pool.answer({ kind: 'cancel', promptId });
      expect(rig.state().kind).toBe('closed');
    }
    expect([rig.attempts.length, rig.confirmed.length]).toEqual([0, 0]);
  });

  it('that was confirmed runs without a question, until one letter of it changes', async () => {
    const rig = new Rig();
    rig.confirmed.push('nc -X 5 lab 22');
    behindCommand(rig, ana);
    await rig.ready();
    rig.pool.disconnect(ana);
    behindCommand(rig, ana, 'nc -X 4 %h %p');
    rig.pool.connect(ana);
    await rig.prompt();
    expect(rig.state()).toMatchObject({ prompt: { command: 'nc -X 4 lab 22' } });
    expect(rig.attempts).toHaveLength(1);
  });

  it('that the user has typed counts as confirmed', async () => {
    const rig = new Rig();
    behindCommand(rig, ana);
    rig.pool.confirmCommand(ana);
    await rig.ready();
    expect(rig.snapshots.some(({ state }) => 'prompt' in state && state.prompt !== null)).toBe(false);
  });

  it('leads to the first jump host of a way', async () => {
    const rig = new Rig();
    behindCommand(rig, ana);
    const { route, ...machine } = rig.machines.get(ana) as Machine;
    const jump = {
      kind: 'inline',
      host: 'gate',
      port: 2200,
      user: 'u',
      identity: usualAgent,
    } as const;
    rig.machines.set(ana, { ...machine, route: { ...route, jumps: [jump] } });
    rig.pool.confirmCommand(ana);
    rig.pool.connect(ana);
    const first = await rig.attempt(1);
    first.succeed();
    const second = await rig.attempt(2);
    expect(first.input.proxy).toEqual({ kind: 'command', command: 'nc -X 5 gate 2200' });
    expect(second.input.proxy).toBeNull();
  });

  it('is not run with a name that a shell could take for more', async () => {
    const rig = new Rig();
    behindCommand(rig, ana, 'connect "%n"');
    const machine = rig.machines.get(ana) as Machine;
    rig.machines.set(ana, { ...machine, name: 'x"; touch /tmp/y; "' });
    rig.pool.connect(ana);
    const { error } = await rig.reached('failed');
    expect(error).toMatchObject({ code: 'proxy-command-unsafe', params: { value: 'x"; touch /tmp/y; "' } });
  });
});
