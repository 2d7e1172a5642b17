import type { BridgeOf, Contract, EmittersOf, HandlersOf } from '../../shared/contract/define-contract';
import type { Envelope } from '../../shared/contract/envelope';
import { AppError } from '../../shared/errors/app-error';

export interface FakeBridge<C extends Contract> {
  /** Stands in for `window.nuvem`. */
  readonly bridge: BridgeOf<C>;
  /** Sends an event to all that subscribed. */
  readonly emit: EmittersOf<C>;
  /** Every request so far, oldest first. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
}

type Listener = (payload: unknown) => void;

/**
 * A double of the bridge, derived from the contract like the real one: what goes in and out is parsed against the
 * same schemas, so a double that answers nonsense fails its test.
 */
export function createFakeBridge<const C extends Contract>(
  contract: C,
  handlers: HandlersOf<C>,
): FakeBridge<C> {
  const calls: { name: string; input: unknown }[] = [];
  const bridge: Record<string, Record<string, unknown>> = {};
  const emit: Record<string, Record<string, Listener>> = {};
  for (const [group, entries] of Object.entries(contract)) {
    const requests: Record<string, unknown> = {};
    const emitters: Record<string, Listener> = {};
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.kind === 'request') {
        const handler = (handlers as Record<string, Record<string, (input: unknown) => unknown>>)[group]?.[
          name
        ];
        requests[name] = async (input?: unknown): Promise<Envelope> => {
          calls.push({ name: `${group}.${name}`, input });
          try {
            return { ok: true, value: entry.output.parse(await handler?.(entry.input.parse(input))) };
          } catch (thrown) {
            if (!(thrown instanceof AppError)) throw thrown;
            return { ok: false, error: thrown.toReport() };
          }
        };
      } else {
        const listeners = new Set<Listener>();
        requests[name] = (listener: Listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        };
        emitters[name] = (payload) => {
          const parsed = entry.payload.parse(payload);
          for (const listener of listeners) listener(parsed);
        };
      }
    }
    bridge[group] = requests;
    emit[group] = emitters;
  }
  return { bridge: bridge as BridgeOf<C>, emit: emit as EmittersOf<C>, calls };
}
