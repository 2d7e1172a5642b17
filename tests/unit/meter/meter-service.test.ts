import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { beforeEach, expect, test, vi } from 'vitest';
import { MeterService } from '../../../electron/meter/meter-service';
import { AppError } from '../../../shared/errors/app-error';
import { MachineId } from '../../../shared/model/machine';
import type { MeterSample, MeterState } from '../../../shared/model/meter';
import { FakeClock } from '../../support/fake-clock';
import { FakeMachineLink } from '../../support/lab/fake-machine-link';

const random = (sizeBytes: number) => Buffer.alloc(sizeBytes, 1);
const mark = `nuvem${random(12).toString('hex')}`;

/** The script as seen from here: it answers when the test says so. */
class FakeScript extends PassThrough {
  readonly asked: string[] = [];
  #sent = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#sent += chunk.toString();
    if (this.#sent.endsWith('meter; exit 0\n')) {
      this.#sent = '';
      this.push(`${mark} begin \n${mark} ready Linux\n`);
    } else if (this.#sent !== '') {
      this.asked.push(this.#sent);
      this.#sent = '';
    }
    callback();
  }

  answer(ticks: string): void {
    this.push(`${mark} ticks ${ticks}\n${mark} cores 2\n${mark} disk /dev/a 1 10 20 33% /\n${mark} end \n`);
  }
}

let link: FakeMachineLink;
let clock: FakeClock;
let scripts: FakeScript[];
let states: MeterState[];
let meters: MeterService;
const machineId = MachineId.parse(randomUUID());

const until = (isSo: () => boolean): Promise<boolean> => vi.waitUntil(isSo, { timeout: 10_000, interval: 1 });
const script = (): FakeScript => scripts.at(-1) ?? expect.fail('the script was not started');
const askedTimes = (): number => scripts.reduce((sum, { asked }) => sum + asked.length, 0);

beforeEach(() => {
  link = new FakeMachineLink(machineId);
  clock = new FakeClock();
  scripts = [];
  states = [];
  meters = new MeterService({
    linkOf: () => link,
    clock,
    random,
    folderOf: () => '~',
    onChanged: ({ state }) => states.push(state),
  });
  const openCommand = async () => {
    const made = new FakeScript();
    scripts.push(made);
    return made;
  };
  vi.spyOn(link, 'whenReady').mockImplementation(async () => ({ ...link.transport, openCommand }) as never);
});

/** Waits for the next question, takes `tookMs` to answer it, and waits until that was heard. */
async function answer(times: number, tookMs = 0, ticks = '1 0 1 8 0'): Promise<void> {
  await until(() => askedTimes() === times);
  clock.advance(tookMs);
  const before = states.length;
  script().answer(ticks);
  await until(() => states.length > before);
}
/** The time until the next question. */
async function pauseBefore(times: number): Promise<number> {
  for (let waitedMs = 0; waitedMs <= 120_000; waitedMs += 100) {
    if (askedTimes() >= times) return waitedMs;
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return expect.fail('it was not asked again');
}

test('asks every two seconds while the user looks, a second time soon', async () => {
  meters.look([machineId]);
  await answer(1);
  expect(await pauseBefore(2)).toBe(500);
  await answer(2, 0, '3 0 1 9 0');
  expect(states.at(-1)).toMatchObject({ kind: 'measuring', sample: { cpu: { busyShare: 2 / 3 } } });
  expect(await pauseBefore(3)).toBe(2000);
  expect(scripts).toHaveLength(1);
});

test('asks for disks less often, and shows them all the time', async () => {
  meters.look([machineId]);
  await answer(1);
  for (let times = 2; times <= 8; times += 1) {
    await pauseBefore(times);
    await answer(times);
  }
  expect(script().asked.map((line) => line.trim())).toEqual(['disks', '', '', '', '', '', 'disks', '']);
  const samples = states.flatMap((state) => (state.kind === 'measuring' ? [state.sample] : []));
  expect(samples.map(({ disks }) => disks.length)).toEqual(Array.from({ length: 8 }, () => 1));
});

test('asks a machine that is slow to answer less often', async () => {
  meters.look([machineId]);
  await answer(1);
  await pauseBefore(2);
  await answer(2, 3000);
  expect(await pauseBefore(3)).toBe(27_000);
});

test('follows the most impatient of those who want to know', async () => {
  const seen: MeterSample[] = [];
  const stop = meters.want(machineId, 60_000, (sample) => seen.push(sample));
  await answer(1);
  await pauseBefore(2);
  await answer(2);
  meters.look([machineId]);
  await answer(3);
  expect(await pauseBefore(4)).toBe(2000);
  await answer(4);
  expect(seen).toHaveLength(4);

  meters.look([]);
  await pauseBefore(5);
  await answer(5);
  expect(await pauseBefore(6)).toBe(60_000);
  stop();
  expect(states.at(-1)).toEqual({ kind: 'off' });
  expect(script().destroyed).toBe(true);
});

test('a lost connection ends it, the next one begins it anew', async () => {
  meters.look([machineId]);
  await answer(1);
  link.lose();
  expect(states.at(-1)).toEqual({ kind: 'off' });
  expect(script().destroyed).toBe(true);
  link.comeBack();
  await until(() => scripts.length === 2);
  await answer(2);
  expect(states.at(-1)).toMatchObject({ kind: 'measuring', sample: { cpu: { busyShare: null } } });
});

test('a script that ends by itself is told of, and started again after a minute or when somebody looks anew', async () => {
  meters.look([machineId]);
  await answer(1);
  await pauseBefore(2);
  script().push(null);
  await until(() => states.at(-1)?.kind === 'failed');
  expect(states.at(-1)).toMatchObject({ error: { code: 'remote-command-failed' } });
  clock.advance(60_000);
  await until(() => askedTimes() === 3);
  script().destroy(new AppError('channel-refused'));
  await until(() => states.at(-1)?.kind === 'failed');
  meters.want(machineId, 60_000, () => undefined);
  await until(() => scripts.length === 3);
});

test('a machine that never answers is not asked forever', async () => {
  meters.look([machineId]);
  await until(() => askedTimes() === 1);
  clock.advance(30_000);
  await until(() => states.at(-1)?.kind === 'failed');
  expect(states.at(-1)).toMatchObject({ error: { params: { reason: 'timed-out' } } });
  expect(script().destroyed).toBe(true);
});

test('an answer without end is cut off', async () => {
  meters.look([machineId]);
  await until(() => askedTimes() === 1);
  script().push('x'.repeat(300_000));
  await until(() => states.at(-1)?.kind === 'failed');
  expect(states.at(-1)).toMatchObject({ error: { params: { reason: 'too-much-output' } } });
});
