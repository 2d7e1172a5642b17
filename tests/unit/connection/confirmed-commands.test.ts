import { describe, expect, test } from 'vitest';
import {
  ConfirmedCommands,
  type ConfirmedCommandsData,
  noConfirmedCommands,
} from '../../../electron/connection/confirmed-commands';

function memoryStore() {
  let value: ConfirmedCommandsData = noConfirmedCommands;
  return {
    value: () => value,
    replace: (next: ConfirmedCommandsData) => {
      value = next;
    },
  };
}

describe('confirmed commands', () => {
  test('are known by every letter, also in the next run', () => {
    const store = memoryStore();
    new ConfirmedCommands(store).confirm('nc gpu 22');
    const next = new ConfirmedCommands(store);
    expect(next.has('nc gpu 22')).toBe(true);
    for (const other of ['nc gpu 22 ', 'nc GPU 22', 'nc gpu 222', '']) expect(next.has(other)).toBe(false);
  });

  test('are kept once, and not in words: they may hold a password', () => {
    const store = memoryStore();
    const commands = new ConfirmedCommands(store);
    for (let times = 0; times < 2; times += 1) commands.confirm('ncat --proxy-auth ana:hunter gpu 22');
    expect(store.value().hashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});
