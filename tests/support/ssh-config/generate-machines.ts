import fc from 'fast-check';
import { ImportItem, type ImportJump } from '../../../shared/model/import-plan';
import { type Identity, type RouteProxy, usualAgent } from '../../../shared/model/machine';
import { importKey, sampleItem } from '../import-samples';

const host = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9.-]{0,15}$/),
  fc.ipV4(),
  fc.constantFrom('2001:db8::1', 'fe80::1'),
);
const user = fc.stringMatching(/^[A-Za-z0-9_.@][A-Za-z0-9_.@-]{0,8}$/).filter((text) => text.trim() === text);
const port = fc.integer({ min: 1, max: 65_535 });
const path = fc
  .tuple(fc.constantFrom('~/.ssh/', '/k/', 'C:\\Users\\'), fc.stringMatching(/^[^\r\n\0$]{1,12}$/))
  .map((parts) => parts.join('').trim())
  .filter((text) => !text.endsWith('.pub') && !/[\uD800-\uDFFF]/.test(text));
const identity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({ kind: fc.constant('keyFile' as const), path }),
  fc.constant({ kind: 'password' as const }),
  fc.constant(usualAgent),
  path.map((socketPath) => ({ kind: 'agent' as const, socketPath, pinnedKey: null })),
);
const proxy: fc.Arbitrary<RouteProxy | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constantFrom('socks5' as const, 'http' as const),
    host: fc.domain().map((name) => name.toLowerCase()),
    port,
    user: fc.constantFrom('', 'ana'),
  }),
  fc.constantFrom('nc %h %p', 'sh -c "x \'%h\' #" 100%%').map((line) => ({ kind: 'command' as const, line })),
);
const listen = fc.oneof(
  fc.record({
    kind: fc.constant('tcp' as const),
    address: fc.constantFrom('127.0.0.1', '::1', '0.0.0.0'),
    port,
  }),
  fc.constant({ kind: 'unixSocket' as const, path: '/tmp/a b.sock' }),
);
const target = fc.record({ kind: fc.constant('tcp' as const), host, port });
const forward = fc.oneof(
  fc.record({ kind: fc.constantFrom('local' as const, 'remote' as const), listen, target }),
  fc.record({
    kind: fc.constant('dynamic' as const),
    listen: fc.record({ kind: fc.constant('tcp' as const), address: fc.constant('127.0.0.1'), port }),
  }),
);
const tunnels = fc
  .uniqueArray(forward, { maxLength: 3, selector: (each) => JSON.stringify(each) })
  .map((all) =>
    // An import knows their order only within each kind.
    ['local', 'remote', 'dynamic'].flatMap((kind) => all.filter((each) => each.kind === kind)),
  );

/** A machine as an import would give it; `others` are those that it may jump over. */
const machine = (name: string, others: readonly string[]): fc.Arbitrary<ImportItem> =>
  fc
    .record({
      ...{
        host,
        user,
        port,
        identity,
        proxy,
        tunnels,
        forwardsAgent: fc.boolean(),
        allowsOldAlgorithms: fc.boolean(),
      },
      over: fc.option(fc.constantFrom(...others, 'inline')),
    })
    .map(
      ({
        over,
        tunnels: forwards,
        forwardsAgent,
        allowsOldAlgorithms,
        identity: own,
        proxy: before,
        ...endpoint
      }) => {
        const inline: ImportJump = {
          ...{ kind: 'inline', host: `in-${name.toLowerCase()}`, port: 2200, user: 'ops' },
          identity: { kind: 'keyFile', path: '~/.ssh/ops' },
        };
        const jumps: readonly ImportJump[] =
          over === null
            ? []
            : over === 'inline'
              ? [inline]
              : [{ kind: 'item', key: importKey(`host:${over}`) }];
        const route = { ...endpoint, jumps, proxy: jumps[0]?.kind === 'item' ? null : before };
        const item = sampleItem(`host:${name}`, {
          name,
          route,
          identity: own,
          forwardsAgent,
          allowsOldAlgorithms,
        });
        const asTunnel = (each: (typeof forwards)[number]) => ({
          ...{ id: null, name: '', forward: each, startsWith: 'connection', whileAway: 'wait', isOn: true },
          isExposed: each.listen.kind === 'tcp' && each.listen.address === '0.0.0.0',
        });
        return ImportItem.parse({ ...item, tunnels: forwards.map(asTunnel) });
      },
    );

/** Three machines, of which the later ones may be reached over the earlier ones. */
export const generatedMachines = fc.tuple(
  machine('gate', ['inline']),
  machine('far', ['gate']),
  machine('Lab_2', ['gate', 'far']),
);
