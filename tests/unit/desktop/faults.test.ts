import { expect, it } from 'vitest';
import { Faults } from '../../../electron/desktop/faults';
import { FakeClock } from '../../support/fake-clock';

function makeFaults(wantsToQuit = false): {
  faults: Faults;
  clock: FakeClock;
  logged: string[];
  done: string[];
} {
  const clock = new FakeClock();
  const logged: string[] = [];
  const done: string[] = [];
  const faults = new Faults({
    clock,
    log: (place) => logged.push(place),
    tell: async () => {
      done.push('told');
      return wantsToQuit;
    },
    quit: () => done.push('quit'),
  });
  return { faults, clock, logged, done };
}

it('logs every fault but tells the user at most once a minute', () => {
  const { faults, clock, logged, done } = makeFaults();
  for (const place of ['a', 'b', 'c']) faults.report(place, new Error());
  clock.advance(59_999);
  faults.report('d', new Error());
  expect(done).toEqual(['told']);
  clock.advance(1);
  faults.report('e', new Error());
  expect(done).toEqual(['told', 'told']);
  expect(logged).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('quits when the user wants to', async () => {
  const { faults, done } = makeFaults(true);
  faults.report('a', new Error());
  await expect.poll(() => done).toEqual(['told', 'quit']);
});
