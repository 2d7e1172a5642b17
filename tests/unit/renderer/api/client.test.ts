import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createClient } from '../../../../renderer/api/client';
import { defineContract, event, request } from '../../../../shared/contract/define-contract';
import { AppError } from '../../../../shared/errors/app-error';
import { createFakeBridge } from '../../../support/fake-bridge';

const contract = defineContract({
  lamp: { turn: request(z.strictObject({ isOn: z.boolean() }), z.number()), turned: event(z.number()) },
});

describe('a client', () => {
  test('resolves with what the other side answered', async () => {
    const fake = createFakeBridge(contract, { lamp: { turn: ({ isOn }) => (isOn ? 60 : 0) } });
    await expect(createClient(contract, fake.bridge).lamp.turn({ isOn: true })).resolves.toBe(60);
    expect(fake.calls).toEqual([{ name: 'lamp.turn', input: { isOn: true } }]);
  });

  test('rejects with the error that the other side reported, its facts and details kept', async () => {
    const fake = createFakeBridge(contract, {
      lamp: {
        turn: () => {
          throw new AppError('host-not-found', { host: 'gpu' }, { details: ['ENOTFOUND'] });
        },
      },
    });
    const failure = createClient(contract, fake.bridge).lamp.turn({ isOn: true });
    await expect(failure).rejects.toBeInstanceOf(AppError);
    await expect(failure).rejects.toMatchObject({
      code: 'host-not-found',
      params: { host: 'gpu' },
      details: ['ENOTFOUND'],
    });
  });

  test('does not believe an answer that the contract does not know', async () => {
    const bridge = {
      lamp: { turn: async () => ({ ok: true, value: 'bright' }) as const, turned: () => () => undefined },
    };
    await expect(createClient(contract, bridge).lamp.turn({ isOn: true })).rejects.toThrow();
  });

  test('hears events until it unsubscribes', () => {
    const fake = createFakeBridge(contract, { lamp: { turn: () => 0 } });
    const listener = vi.fn();
    const unsubscribe = createClient(contract, fake.bridge).lamp.turned(listener);
    fake.emit.lamp.turned(40);
    unsubscribe();
    fake.emit.lamp.turned(0);
    expect(listener.mock.calls).toEqual([[40]]);
  });

  test('is not made over a bridge that lacks an entry of the contract', () => {
    const incomplete = { lamp: { turn: async () => ({ ok: true, value: 0 }) as const } };
    expect(() => createClient(contract, incomplete as never)).toThrow(AppError);
  });
});
