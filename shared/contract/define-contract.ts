import type { z } from 'zod';
import type { Envelope } from './envelope';

/** A call from the renderer to the main process: both directions are parsed against these schemas. */
export interface RequestEntry<Input extends z.ZodType, Output extends z.ZodType> {
  readonly kind: 'request';
  readonly input: Input;
  readonly output: Output;
}

/** A message from the main process to every renderer. */
export interface EventEntry<Payload extends z.ZodType> {
  readonly kind: 'event';
  readonly payload: Payload;
}

export type ContractEntry = RequestEntry<z.ZodType, z.ZodType> | EventEntry<z.ZodType>;
export type Contract = Readonly<Record<string, Readonly<Record<string, ContractEntry>>>>;

export function request<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): RequestEntry<Input, Output> {
  return { kind: 'request', input, output };
}

export function event<Payload extends z.ZodType>(payload: Payload): EventEntry<Payload> {
  return { kind: 'event', payload };
}

/** Declares a contract; handlers, bridge, client and test doubles are derived from the returned object. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

/** The IPC channel of one contract entry, e.g. `nuvem:machines.save`. */
export function channelOf(group: string, name: string): string {
  return `nuvem:${group}.${name}`;
}

type RequestNames<Group> = {
  [Name in keyof Group]: Group[Name] extends RequestEntry<z.ZodType, z.ZodType> ? Name : never;
}[keyof Group];
type EventNames<Group> = {
  [Name in keyof Group]: Group[Name] extends EventEntry<z.ZodType> ? Name : never;
}[keyof Group];

export type InputOf<Entry> = Entry extends RequestEntry<infer Input, z.ZodType> ? z.output<Input> : never;
export type OutputOf<Entry> = Entry extends RequestEntry<z.ZodType, infer Output> ? z.output<Output> : never;
export type PayloadOf<Entry> = Entry extends EventEntry<infer Payload> ? z.output<Payload> : never;

/** What the main process implements: one function per request. */
export type HandlersOf<C extends Contract> = {
  readonly [Group in keyof C]: {
    readonly [Name in RequestNames<C[Group]>]: (
      input: InputOf<C[Group][Name]>,
    ) => OutputOf<C[Group][Name]> | Promise<OutputOf<C[Group][Name]>>;
  };
};

/** What the main process sends: one function per event. */
export type EmittersOf<C extends Contract> = {
  readonly [Group in keyof C]: {
    readonly [Name in EventNames<C[Group]>]: (payload: PayloadOf<C[Group][Name]>) => void;
  };
};

export type Unsubscribe = () => void;

/** What the renderer calls: a promise per request (rejects with an `AppError`), a subscription per event. */
export type ClientOf<C extends Contract> = {
  readonly [Group in keyof C]: {
    readonly [Name in RequestNames<C[Group]>]: (
      input: InputOf<C[Group][Name]>,
    ) => Promise<OutputOf<C[Group][Name]>>;
  } & {
    readonly [Name in EventNames<C[Group]>]: (
      listener: (payload: PayloadOf<C[Group][Name]>) => void,
    ) => Unsubscribe;
  };
};

/** What the preload script exposes as `window.nuvem`: envelopes and payloads that nobody has parsed yet. */
export type BridgeOf<C extends Contract> = {
  readonly [Group in keyof C]: {
    readonly [Name in RequestNames<C[Group]>]: (input?: unknown) => Promise<Envelope>;
  } & {
    readonly [Name in EventNames<C[Group]>]: (listener: (payload: unknown) => void) => Unsubscribe;
  };
};
