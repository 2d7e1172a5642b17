import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error';
import { HourlyPrice } from '../../../shared/model/hourly-price';
import type { RecoverableStore } from '../../system/recoverable-store';
import type { AwsSession } from '../aws-session';
import { tablePrice, tableSurcharge } from './price-table';
import { usdPerHourOf } from './read-price';

/** What `prices.json` holds: what AWS's price list has said. */
export const PricesData = z.strictObject({
  prices: z
    .array(
      z.strictObject({
        region: z.string(),
        atMs: z.number(),
        price: HourlyPrice,
        service: z.enum(['ec2', 'emr']).default('ec2'),
      }),
    )
    .readonly(),
});
export type PricesData = Readonly<z.infer<typeof PricesData>>;

export const pricesVersion = 1;
export const noPrices: PricesData = { prices: [] };

/** `ec2`: of the instance itself; `emr`: what EMR takes on top of that. */
export type PricedService = PricesData['prices'][number]['service'];

/** How AWS's price list is asked for the one price of a kind of instance ("GetProducts", attributes of the services). */
const products = {
  ec2: {
    code: 'AmazonEC2',
    wanted: { operatingSystem: 'Linux', preInstalledSw: 'NA', tenancy: 'Shared', capacitystatus: 'Used' },
    inTable: tablePrice,
  },
  emr: {
    code: 'ElasticMapReduce',
    wanted: { softwareType: 'EMR', locationType: 'AWS Region' },
    inTable: tableSurcharge,
  },
} as const;

/** AWS changes its list prices a few times a year. */
const keptMs = 7 * 24 * 3_600_000;

interface PriceBookDependencies {
  readonly store: Pick<RecoverableStore<PricesData>, 'value' | 'replace'>;
  readonly nowMs: () => number;
  /** Of a price that could not be had or kept: the table's stands in for it. */
  readonly onTrouble: (error: unknown) => void;
}

/** What kinds of instances cost: by AWS's price list, kept for a week, or by an old table where that fails. */
export class PriceBook {
  constructor(private readonly deps: PriceBookDependencies) {}

  /** Those that are known. @throws AppError `cancelled` after `signal` */
  async pricesOf(
    session: AwsSession,
    instanceTypes: readonly string[],
    signal: AbortSignal,
    service: PricedService = 'ec2',
  ): Promise<readonly HourlyPrice[]> {
    const found: HourlyPrice[] = [];
    let isListThere = true;
    for (const type of new Set(instanceTypes)) {
      let price = this.#kept(session.region, type, service);
      if (price === undefined && isListThere) {
        try {
          price = await this.#ask(session, type, service, signal);
        } catch (thrown) {
          if (signal.aborted) throw new AppError('cancelled');
          // Who may not ask for one price may not ask for the others.
          isListThere = false;
          this.deps.onTrouble(thrown);
        }
      }
      price ??= products[service].inTable(type);
      if (price !== undefined) found.push(price);
    }
    return found;
  }

  #kept(region: string, instanceType: string, service: PricedService): HourlyPrice | undefined {
    const oldestMs = this.deps.nowMs() - keptMs;
    return this.deps.store
      .value()
      .prices.find(
        (known) =>
          known.region === region &&
          known.service === service &&
          known.price.instanceType === instanceType &&
          known.atMs > oldestMs,
      )?.price;
  }

  async #ask(
    session: AwsSession,
    instanceType: string,
    service: PricedService,
    signal: AbortSignal,
  ): Promise<HourlyPrice | undefined> {
    const { code, wanted } = products[service];
    const Filters = Object.entries({ instanceType, regionCode: session.region, ...wanted }).map(
      ([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value }) as const,
    );
    const { PriceList = [] } = await session.call(
      'pricing.getProducts',
      { ServiceCode: code, Filters, MaxResults: 10 },
      signal,
    );
    const usdPerHour = usdPerHourOf(PriceList.map(String));
    if (usdPerHour === undefined) return undefined;
    const atMs = this.deps.nowMs();
    const asOf = new Date(atMs).toISOString().slice(0, 10);
    const price: HourlyPrice = { instanceType, usdPerHour, source: 'list', asOf };
    this.#keep(session.region, service, price, atMs);
    return price;
  }

  #keep(region: string, service: PricedService, price: HourlyPrice, atMs: number): void {
    const others = this.deps.store
      .value()
      .prices.filter(
        (known) =>
          known.atMs > atMs - keptMs &&
          (known.region !== region ||
            known.service !== service ||
            known.price.instanceType !== price.instanceType),
      );
    try {
      this.deps.store.replace({ prices: [...others, { region, service, atMs, price }] });
    } catch (error) {
      this.deps.onTrouble(error);
    }
  }
}
