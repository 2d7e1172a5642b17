import type { Contract, EmittersOf, HandlersOf } from '../../shared/contract/define-contract';
import { channelOf } from '../../shared/contract/define-contract';
import type { Envelope } from '../../shared/contract/envelope';
import { AppError } from '../../shared/errors/app-error';
import type { InvokeEvent } from './trusted-sender';

/** What is used of Electron's `ipcMain`. */
export interface InvokeRegistry {
  handle(channel: string, listener: (event: InvokeEvent, input: unknown) => Promise<Envelope>): void;
}

/** Where a failure goes that is the program's own fault; `place` is the channel. */
export type ReportFault = (place: string, error: unknown) => void;

export interface RegisterOptions {
  readonly registry: InvokeRegistry;
  readonly isTrusted: (event: InvokeEvent) => boolean;
  readonly onFault: ReportFault;
}

/**
 * Answers every request of the contract: sender check, input parsed, handler, output parsed, envelope. An output
 * with an undeclared field is refused, so that nothing can leak by accident. Never throws into Electron.
 */
export function registerHandlers<C extends Contract>(
  contract: C,
  handlers: HandlersOf<C>,
  options: RegisterOptions,
): void {
  for (const [group, entries] of Object.entries(contract)) {
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.kind !== 'request') continue;
      const channel = channelOf(group, name);
      const handler = handlerOf(handlers, group, name);
      options.registry.handle(channel, async (event, input) => {
        try {
          if (!options.isTrusted(event)) throw new AppError('untrusted-sender', { channel });
          const parsed = entry.input.safeParse(input);
          if (!parsed.success) throw new AppError('invalid-request', { channel }, { cause: parsed.error });
          return { ok: true, value: entry.output.parse(await handler(parsed.data)) };
        } catch (thrown) {
          const error = AppError.from(thrown);
          if (isFault(error)) options.onFault(channel, thrown);
          return { ok: false, error: error.toReport() };
        }
      });
    }
  }
}

/** One sender per event of the contract. A payload that is not as declared is reported and not sent. */
export function createEmitters<C extends Contract>(
  contract: C,
  send: (channel: string, payload: unknown) => void,
  onFault: ReportFault,
): EmittersOf<C> {
  const groups = Object.entries(contract).map(([group, entries]) => {
    const emitters = Object.entries(entries).flatMap(([name, entry]) => {
      if (entry.kind !== 'event') return [];
      const channel = channelOf(group, name);
      const emit = (payload: unknown): void => {
        const parsed = entry.payload.safeParse(payload);
        if (parsed.success) send(channel, parsed.data);
        else onFault(channel, parsed.error);
      };
      return [[name, emit] as const];
    });
    return [group, Object.fromEntries(emitters)] as const;
  });
  return Object.fromEntries(groups) as EmittersOf<C>;
}

type AnyHandler = (input: unknown) => unknown;

function handlerOf(handlers: object, group: string, name: string): AnyHandler {
  const ofGroup = (handlers as Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>)[group];
  const handler = ofGroup?.[name];
  if (handler === undefined) throw new Error(`No handler for ${channelOf(group, name)}`);
  return handler;
}

/** Errors of the user's machines are the user's to see; these are ours to mend. */
function isFault(error: AppError): boolean {
  return error.code === 'internal' || error.code === 'invalid-request' || error.code === 'untrusted-sender';
}
