import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AwsSession } from '../../../../electron/aws/aws-session';
import { noPrices, PriceBook, type PricesData } from '../../../../electron/aws/prices/price-book';
import { tablePrice, tableSurcharge } from '../../../../electron/aws/prices/price-table';
import { usdPerHourOf } from '../../../../electron/aws/prices/read-price';

const entry = (usd: string, unit = 'Hrs'): string =>
  JSON.stringify({
    terms: { OnDemand: { a: { priceDimensions: { b: { unit, pricePerUnit: { USD: usd } } } } } },
  });

describe('the price list', () => {
  test('tells the price of an hour, not that of hosts that are paid for otherwise', () => {
    expect(usdPerHourOf([entry('0.0000000000'), entry('7', 'Quantity'), entry('0.1920000000')])).toBe(0.192);
  });

  test('may say anything else: then there is no price', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json())), (entries) => {
        expect(usdPerHourOf(entries)).toBe(undefined);
      }),
    );
    expect(usdPerHourOf([entry('many'), entry('-1')])).toBe(undefined);
  });
});

describe('the table', () => {
  test.each([
    ['m5.large', 0.096],
    ['m5.24xlarge', 4.608],
    ['c5.9xlarge', 1.53],
    ['t3.micro', 0.0104],
    ['g5.xlarge', 1.006],
  ])('has %s', (type, usd) => {
    expect(tablePrice(type)?.usdPerHour).toBeCloseTo(usd, 10);
    expect(tablePrice(type)?.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test.each(['', 'm5', 'm5.', 'm5.metal', 'm5.micro', 'm5.0xlarge', 'x9.large', 'toString.xlarge'])(
    'says nothing of %j',
    (type) => {
      expect(tablePrice(type)).toBe(undefined);
    },
  );
});

test.each([
  ['m5.xlarge', 0.048],
  ['m5.24xlarge', 0.27],
])('the table knows what EMR takes for %s on top', (type, usd) => {
  expect(tableSurcharge(type)?.usdPerHour).toBeCloseTo(usd, 10);
  expect(tableSurcharge('x9.large')).toBe(undefined);
});

describe('kept prices', () => {
  function rig() {
    const world = { nowMs: Date.UTC(2026, 2, 4), data: noPrices, asked: 0, troubles: 0, isDenied: false };
    const book = new PriceBook({
      store: {
        value: () => world.data,
        replace: (next: PricesData) => {
          world.data = next;
        },
      },
      nowMs: () => world.nowMs,
      onTrouble: () => {
        world.troubles += 1;
      },
    });
    const session = {
      region: 'sa-east-1',
      call: async (_: string, { ServiceCode }: { readonly ServiceCode: string }) => {
        world.asked += 1;
        if (ServiceCode === 'ElasticMapReduce') return { PriceList: [entry('0.07', 'hours')] };
        if (world.isDenied) throw new Error('no');
        return { PriceList: [entry('0.306')] };
      },
    } as unknown as AwsSession;
    const look = (types: readonly string[]) => book.pricesOf(session, types, new AbortController().signal);
    return { world, look, book, session };
  }

  test('count for a week, and for their region', async () => {
    const { world, look } = rig();
    expect(await look(['m5.xlarge', 'm5.xlarge'])).toEqual([
      { instanceType: 'm5.xlarge', usdPerHour: 0.306, source: 'list', asOf: '2026-03-04' },
    ]);
    world.nowMs += 6 * 24 * 3_600_000;
    await look(['m5.xlarge']);
    expect(world.asked).toBe(1);
    world.nowMs += 2 * 24 * 3_600_000;
    expect(await look(['m5.xlarge'])).toMatchObject([{ asOf: '2026-03-12' }]);
    expect(world.asked).toBe(2);
    expect(world.data.prices).toHaveLength(1);
  });

  test('are those of the service that is asked about', async () => {
    const { world, book, session } = rig();
    const { signal } = new AbortController();
    const ofEmr = () => book.pricesOf(session, ['m5.xlarge'], signal, 'emr');
    await book.pricesOf(session, ['m5.xlarge'], signal);
    expect(await ofEmr()).toMatchObject([{ usdPerHour: 0.07, source: 'list' }]);
    expect(await book.pricesOf(session, ['m5.xlarge'], signal)).toMatchObject([{ usdPerHour: 0.306 }]);
    expect(await ofEmr()).toMatchObject([{ usdPerHour: 0.07 }]);
    expect(world.asked).toBe(2);
  });

  test('are stood in for by the table when the list can not be read, which is tried once', async () => {
    const { world, look } = rig();
    world.isDenied = true;
    const found = await look(['m5.xlarge', 'c5.xlarge', 'x9.large']);
    expect(found.map(({ instanceType, source }) => [instanceType, source])).toEqual([
      ['m5.xlarge', 'table'],
      ['c5.xlarge', 'table'],
    ]);
    expect([world.asked, world.troubles]).toEqual([1, 1]);
    expect(world.data).toEqual(noPrices);
  });
});
