import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { answeringChannel, createBridge } from '../../../electron/ipc/bridge';
import { bridgeShapeOf, fromArguments, toArgument } from '../../../electron/ipc/bridge-shape';
import { createEmitters, registerHandlers } from '../../../electron/ipc/register';
import { type InvokeEvent, isTrustedSender } from '../../../electron/ipc/trusted-sender';
import { createClient } from '../../../renderer/api/client';
import { type AppContract, contract } from '../../../shared/contract/contract';
import type { BridgeOf, ClientOf, HandlersOf } from '../../../shared/contract/define-contract';
import { channelOf } from '../../../shared/contract/define-contract';
import type { Envelope } from '../../../shared/contract/envelope';
import { AppError } from '../../../shared/errors/app-error';
import { samples } from './contract-samples';

const appOrigin = 'app://nuvem';
const ownWindowId = 7;
const ownPage: InvokeEvent = {
  sender: { id: ownWindowId },
  senderFrame: { origin: appOrigin, parent: null },
};

type Listener = (event: InvokeEvent, input: unknown) => Promise<Envelope>;
type Sample = { input: unknown; output: unknown };
type Call = (input?: unknown) => Promise<unknown>;

/** Main process and renderer in one process, joined as Electron joins them: by structured clones. */
class Wire {
  readonly listeners = new Map<string, Listener>();
  readonly calls: { channel: string; input: unknown }[] = [];
  readonly faults: { place: string; error: unknown }[] = [];
  readonly #events = new EventEmitter();
  sender = ownPage;
  /** What every handler answers with, by channel; a function is called. */
  readonly outputs = new Map<string, unknown>();

  constructor() {
    const handlers = mapRequests((channel, sample) => (input: unknown) => {
      this.calls.push({ channel, input });
      const output = this.outputs.has(channel) ? this.outputs.get(channel) : sample.output;
      return typeof output === 'function' ? output() : output;
    });
    registerHandlers(contract, handlers as unknown as HandlersOf<AppContract>, {
      registry: { handle: (channel, listener) => this.listeners.set(channel, listener) },
      isTrusted: (event) => isTrustedSender(event, ownWindowId, appOrigin),
      onFault: (place, error) => this.faults.push({ place, error }),
    });
  }

  readonly emit = createEmitters(
    contract,
    (channel, payload) => this.#events.emit(channel, {}, structuredClone(payload)),
    (place, error) => this.faults.push({ place, error }),
  );

  readonly bridge = createBridge(fromArguments(['electron', toArgument(bridgeShapeOf(contract))]), {
    invoke: async (channel, input) =>
      channel === answeringChannel
        ? undefined
        : structuredClone(await this.invoke(channel, structuredClone(input))),
    on: (channel, receive) => this.#events.on(channel, receive),
    removeListener: (channel, receive) => this.#events.removeListener(channel, receive),
  });

  readonly client = createClient(contract, this.bridge as BridgeOf<AppContract>);

  async invoke(channel: string, input: unknown): Promise<Envelope> {
    const listener = this.listeners.get(channel);
    if (listener === undefined) throw new Error(`Nobody listens to ${channel}`);
    return await listener(this.sender, input);
  }

  call(group: string, name: string): Call {
    return (this.client as unknown as Record<string, Record<string, Call>>)[group]?.[name] as Call;
  }
}

function entriesOf(
  kind: 'request' | 'event',
): { group: string; name: string; channel: string; sample: never }[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries)
      .filter(([, entry]) => entry.kind === kind)
      .map(([name]) => ({
        group,
        name,
        channel: channelOf(group, name),
        sample: (samples as unknown as Record<string, Record<string, never>>)[group]?.[name] as never,
      })),
  );
}

function mapRequests(
  handlerOf: (channel: string, sample: Sample) => unknown,
): Record<string, Record<string, unknown>> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const { group, name, channel, sample } of entriesOf('request')) {
    groups[group] = { ...groups[group], [name]: handlerOf(channel, sample) };
  }
  return groups;
}

const requests = entriesOf('request') as { group: string; name: string; channel: string; sample: Sample }[];
const events = entriesOf('event') as {
  group: string;
  name: string;
  channel: string;
  sample: { payload: unknown };
}[];

let wire: Wire;
beforeEach(() => {
  wire = new Wire();
});

describe.each(requests)('request $channel', ({ group, name, channel, sample }) => {
  it('reaches its handler with the input, and the caller gets what the handler returned', async () => {
    await expect(wire.call(group, name)(sample.input)).resolves.toEqual(sample.output);
    expect(wire.calls).toEqual([{ channel, input: sample.input }]);
    expect(wire.faults).toEqual([]);
  });

  it.each([
    ['a number', 42],
    ['another shape', { unexpected: true }],
    ['an extra field', { ...(sample.input as object), smuggled: 1 }],
  ])('is refused with %s as input, before its handler sees it', async (_what, input) => {
    await expect(wire.call(group, name)(input)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(wire.calls).toEqual([]);
  });

  it('does not let a field out that is not declared', async () => {
    wire.outputs.set(channel, withUndeclaredField(sample.output));
    const envelope = await wire.invoke(channel, sample.input);
    expect(JSON.stringify(envelope)).not.toContain('hunter2');
    expect(envelope.ok).toBe(false);
    expect(wire.faults).toHaveLength(1);
  });

  it.each([
    [
      'a notebook page',
      { sender: { id: 8 }, senderFrame: { origin: 'http://localhost:8888', parent: null } },
    ],
    [
      'another page in our window',
      { sender: { id: ownWindowId }, senderFrame: { origin: 'https://example.org', parent: null } },
    ],
    [
      'a frame inside our page',
      { sender: { id: ownWindowId }, senderFrame: { origin: appOrigin, parent: {} } },
    ],
    [
      'our page in other web contents',
      { sender: { id: 8 }, senderFrame: { origin: appOrigin, parent: null } },
    ],
    ['a frame that is gone', { sender: { id: ownWindowId }, senderFrame: null }],
  ])('is refused from %s', async (_who, sender) => {
    wire.sender = sender;
    await expect(wire.call(group, name)(sample.input)).rejects.toMatchObject({ code: 'untrusted-sender' });
    expect(wire.calls).toEqual([]);
  });

  it('brings an error of its handler to the caller with code, facts and details', async () => {
    const error = new AppError('connection-refused', { host: 'gpu', port: 22 }, { details: ['said so'] });
    wire.outputs.set(channel, () => Promise.reject(error));
    await expect(wire.call(group, name)(sample.input)).rejects.toSatisfy(
      (caught) =>
        caught instanceof AppError && JSON.stringify(caught.toReport()) === JSON.stringify(error.toReport()),
    );
    expect(wire.faults).toEqual([]);
  });

  it('says nothing of an unforeseen error but that there was one, and reports it as a fault', async () => {
    wire.outputs.set(channel, () => {
      throw new Error('password hunter2');
    });
    const envelope = await wire.invoke(channel, sample.input);
    expect(envelope).toEqual({ ok: false, error: { code: 'internal', params: {}, details: [] } });
    expect(wire.faults).toHaveLength(1);
  });
});

describe.each(events)('event $channel', ({ group, name, sample }) => {
  const emitterOf = (): ((payload: unknown) => void) =>
    (wire.emit as unknown as Record<string, Record<string, (payload: unknown) => void>>)[group]?.[
      name
    ] as never;
  const subscribe = (listener: (payload: unknown) => void): (() => void) =>
    (wire.client as unknown as Record<string, Record<string, (l: typeof listener) => () => void>>)[group]?.[
      name
    ]?.(listener) as () => void;

  it('reaches its listeners until they unsubscribe', () => {
    const seen: unknown[] = [];
    const unsubscribe = subscribe((payload) => seen.push(payload));
    emitterOf()(sample.payload);
    unsubscribe();
    emitterOf()(sample.payload);
    expect(seen).toEqual([sample.payload]);
  });

  it('is not sent with a field that is not declared', () => {
    const seen: unknown[] = [];
    subscribe((payload) => seen.push(payload));
    emitterOf()(withUndeclaredField(sample.payload));
    expect(seen).toEqual([]);
    expect(wire.faults).toHaveLength(1);
  });
});

describe('the bridge', () => {
  it('has exactly the functions of the contract', () => {
    const names = (groups: object): string[] =>
      Object.entries(groups).flatMap(([group, entries]) =>
        Object.keys(entries).map((name) => `${group}.${name}`),
      );
    expect(names(wire.bridge)).toEqual(names(contract));
    const isFunction = Object.values(wire.bridge).flatMap((group) =>
      Object.values(group).map((f) => typeof f),
    );
    expect(new Set(isFunction)).toEqual(new Set(['function']));
  });

  it('says so when its window was opened without the shape', () => {
    expect(() => fromArguments(['electron', '--type=renderer'])).toThrow('without the shape');
  });

  it('holds requests back, in their order, until they are answered', async () => {
    const asked: string[] = [];
    let answer = (): void => undefined;
    const bridge = createBridge(bridgeShapeOf(contract), {
      invoke: (channel) => {
        if (channel === answeringChannel) return new Promise<void>((resolve) => (answer = resolve));
        asked.push(channel);
        return Promise.resolve(null);
      },
      on: () => undefined,
      removeListener: () => undefined,
    }) as BridgeOf<AppContract>;
    const answers = [bridge.machines.list(), bridge.app.info()];
    await Promise.resolve();
    expect(asked).toEqual([]);
    answer();
    await Promise.all(answers);
    expect(asked).toEqual([channelOf('machines', 'list'), channelOf('app', 'info')]);
  });

  it('is what the typed client expects', () => {
    const client: ClientOf<AppContract> = wire.client;
    expect(typeof client.machines.list).toBe('function');
  });
});

/** The first object in it gets one more field; what is no object becomes one. */
function withUndeclaredField(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUndeclaredField);
  return typeof value === 'object' && value !== null
    ? { ...value, privateKey: 'hunter2' }
    : { privateKey: 'hunter2' };
}
