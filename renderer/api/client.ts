import type {
  BridgeOf,
  ClientOf,
  Contract,
  ContractEntry,
  Unsubscribe,
} from '../../shared/contract/define-contract';
import type { Envelope } from '../../shared/contract/envelope';
import { AppError } from '../../shared/errors/app-error';

type BridgeRequest = (input?: unknown) => Promise<Envelope>;
type BridgeEvent = (listener: (payload: unknown) => void) => Unsubscribe;

/**
 * Makes the typed client of a contract over the bridge that the preload script exposes.
 * Requests resolve with the parsed value or reject with the `AppError` that the main process reported; event
 * payloads are parsed before a listener sees them.
 */
export function createClient<const C extends Contract>(contract: C, bridge: BridgeOf<C>): ClientOf<C> {
  const groups = Object.entries(contract).map(([group, entries]) => {
    const functions = Object.entries(entries).map(([name, entry]) => {
      const bridged = (bridge as Record<string, Record<string, BridgeRequest & BridgeEvent>>)[group]?.[name];
      if (!bridged) throw new AppError('internal', {}, { details: [`No bridge for ${group}.${name}`] });
      return [name, clientFunction(entry, bridged)];
    });
    return [group, Object.fromEntries(functions)];
  });
  return Object.fromEntries(groups) as ClientOf<C>;
}

function clientFunction(entry: ContractEntry, bridged: BridgeRequest & BridgeEvent): unknown {
  switch (entry.kind) {
    case 'request':
      return async (input?: unknown) => {
        const envelope = await bridged(input);
        if (!envelope.ok) throw AppError.fromReport(envelope.error);
        return entry.output.parse(envelope.value);
      };
    case 'event':
      return (listener: (payload: unknown) => void) =>
        bridged((payload: unknown) => listener(entry.payload.parse(payload)));
  }
}
