import { type AppContract, contract } from '../../../shared/contract/contract';
import type { ClientOf, Contract } from '../../../shared/contract/define-contract';
import type { Envelope } from '../../../shared/contract/envelope';
import { AppError } from '../../../shared/errors/app-error';
import type { LabApp } from './app';

type RequestsOf<C extends Contract> = {
  readonly [Group in keyof C]: Pick<
    ClientOf<C>[Group],
    {
      [Name in keyof C[Group]]: C[Group][Name]['kind'] extends 'request' ? Name : never;
    }[keyof C[Group]] &
      keyof ClientOf<C>[Group]
  >;
};

/** The requests of the contract as the app's own page can make them: to set up what a test is not about. */
export function callsOf(app: LabApp): RequestsOf<AppContract> {
  const groups = Object.entries(contract).map(([group, entries]) => [
    group,
    Object.fromEntries(
      Object.entries(entries)
        .filter(([, entry]) => entry.kind === 'request')
        .map(([name]) => [name, (input?: unknown) => call(app, group, name, input)]),
    ),
  ]);
  return Object.fromEntries(groups);
}

type AnyBridge = Record<string, Record<string, (input?: unknown) => Promise<Envelope>>>;

async function call(app: LabApp, group: string, name: string, input: unknown): Promise<unknown> {
  const envelope = await app.page.evaluate(
    ([ofGroup, ofName, value]) => {
      const request = (window as unknown as { nuvem: AnyBridge }).nuvem[ofGroup]?.[ofName];
      if (request === undefined) throw new Error(`The bridge has no ${ofGroup}.${ofName}`);
      return request(value);
    },
    [group, name, input] as const,
  );
  if (!envelope.ok) throw AppError.fromReport(envelope.error);
  return envelope.value;
}
