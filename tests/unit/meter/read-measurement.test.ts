import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMeasurement } from '../../../electron/meter/read-measurement';
import { type Reading, sampleOf } from '../../../electron/meter/reading';
import { MeterSample } from '../../../shared/model/meter';

/** Facts as `meter.sh` prints them, one a line. */
const facts = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .map((line) => ({ name: line.split(' ')[0] ?? '', value: line.slice(line.indexOf(' ') + 1) }));
const read = (text: string, system = 'Linux', asksForDisks = true): Reading =>
  readMeasurement(system, facts(text), asksForDisks);

const linux = `
  ticks   1000 100 400 8000 500 0 0 0 300 0
  cores 4
  uptime 100.00
  load 0.25 0.46 1.09 4/125 27134
  memory MemTotal 16000000
  memory MemFree 1000000
  memory MemAvailable 12000000
  memory SwapTotal 2000000
  memory SwapFree 1500000`;

describe('Linux', () => {
  test('tells the use of processors between two readings, not since the machine was started', () => {
    const before = read(linux);
    const now = read(linux.replace('1000 100 400 8000 500', '1150 100 450 8500 800'));
    expect(sampleOf(null, before, 1).cpu).toEqual({ busyShare: null, coreCount: 4, isLimited: false });
    expect(sampleOf(before, now, 2).cpu).toEqual({ busyShare: 0.2, coreCount: 4, isLimited: false });
  });

  test('counts memory that files could give back as free', () => {
    expect(read(linux)).toMatchObject({
      memory: { usedBytes: 4_000_000 * 1024, totalBytes: 16_000_000 * 1024, isLimited: false },
      swap: { usedBytes: 500_000 * 1024, totalBytes: 2_000_000 * 1024 },
      load: [0.25, 0.46, 1.09],
    });
  });

  test('adds that up by itself for kernels that do not tell what is available', () => {
    const old = linux
      .replace('memory MemAvailable 12000000', 'memory Buffers 500000\n memory Cached 2500000')
      .replace('SwapTotal 2000000', 'SwapTotal 0');
    expect(read(old)).toMatchObject({ memory: { usedBytes: 12_000_000 * 1024 }, swap: null });
  });

  test("in a container, memory and processors are the container's", () => {
    const before = read(`${linux}\nmemory-limit 4294967296 3221225472 1073741824\ncpu-limit 1500 10000000`);
    const now = read(
      `${linux.replace('uptime 100.00', 'uptime 102.00')}\nmemory-limit 4294967296 1 2\ncpu-limit 1500 11500000`,
    );
    expect(before.memory).toEqual({ usedBytes: 2_147_483_648, totalBytes: 4_294_967_296, isLimited: true });
    expect(now.memory?.usedBytes).toBe(0);
    expect(sampleOf(before, now, 2).cpu).toEqual({ busyShare: 0.5, coreCount: 1.5, isLimited: true });
  });

  test('a limit above what the machine has is none', () => {
    const reading = read(`${linux}\nmemory-limit 9223372036854771712 875253760 158199808\ncpu-limit 8000 5`);
    expect(reading.memory?.isLimited).toBe(false);
    expect(sampleOf(null, reading, 1).cpu).toMatchObject({ coreCount: 4, isLimited: false });
  });
});

describe('disks', () => {
  test('are read from df, whatever is in their names, each once', () => {
    const { disks } = read(`
      disk /dev/mapper/vg-home name 264212084 18413776 77087488 20% /home
      disk /dev/mapper/vg-home name 264212084 18413776 77087488 20% /home
      disk //nas/team share 100 100 -5 105% /mnt/team share`);
    expect(disks).toEqual([
      { path: '/home', usedBytes: 18_413_776 * 1024, availableBytes: 77_087_488 * 1024 },
      { path: '/mnt/team share', usedBytes: 100 * 1024, availableBytes: 0 },
    ]);
  });

  test('that were not asked for are not taken for none', () => {
    expect(read(linux, 'Linux', false).disks).toBeNull();
  });
});

test('kernels are known by the file that they are given, and are the largest process of those', () => {
  const { kernels } = read(`
    kernel 1b2c-3d 1024
    kernel 1b2c-3d 204800
    kernel 9f 300
    kernel what is this`);
  expect(kernels).toEqual([
    { kernelId: '1b2c-3d', memoryBytes: 204_800 * 1024 },
    { kernelId: '9f', memoryBytes: 300 * 1024 },
  ]);
});

describe('GPUs', () => {
  test('are read from nvidia-smi', () => {
    const { gpus } = read(`
      gpu 0, NVIDIA A100-SXM4-40GB, 37, 10240, 40960, 51
      gpu 1, Tesla T4, 0, 0, 15360, 34`);
    expect(gpus).toEqual([
      {
        index: 0,
        name: 'NVIDIA A100-SXM4-40GB',
        busyShare: 0.37,
        memory: { usedBytes: 10_737_418_240, totalBytes: 42_949_672_960 },
        temperatureCelsius: 51,
      },
      {
        index: 1,
        name: 'Tesla T4',
        busyShare: 0,
        memory: { usedBytes: 0, totalBytes: 16_106_127_360 },
        temperatureCelsius: 34,
      },
    ]);
  });

  test('that do not tell everything are shown with what they tell', () => {
    const { gpus } = read(`
      gpu 0, NVIDIA GeForce GT 710, [N/A], 120, 2002, 44
      gpu 1, NVIDIA A100 MIG, [Not Supported], [N/A], [N/A], ERR!`);
    expect(
      gpus.map(({ busyShare, memory, temperatureCelsius }) => [
        busyShare,
        memory?.totalBytes,
        temperatureCelsius,
      ]),
    ).toEqual([
      [null, 2002 * 1024 * 1024, 44],
      [null, undefined, null],
    ]);
  });

  test('are none where the driver does not work', () => {
    const { gpus } = read(`
      gpu NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.
      gpu No devices were found`);
    expect(gpus).toEqual([]);
  });
});

test('macOS is read from sysctl, vm_stat and ps', () => {
  const reading = read(
    `
    sysctl hw.ncpu 8
    sysctl vm.loadavg { 1.72 1.85 2.01 }
    sysctl hw.memsize 17179869184
    sysctl vm.swapusage total = 2048.00M  used = 1024.50M  free = 1023.50M  (encrypted)
    vm_stat Mach Virtual Memory Statistics: (page size of 16384 bytes)
    vm_stat Pages free:                               50000.
    vm_stat Pages active:                            300000.
    vm_stat Pages inactive:                          200000.
    vm_stat Pages speculative:                        10000.
    vm_stat Pages purgeable:                           2144.
    cpu-sum 200.5`,
    'Darwin',
  );
  expect(sampleOf(null, reading, 1)).toMatchObject({
    cpu: { busyShare: 200.5 / 800, coreCount: 8 },
    memory: { usedBytes: 17_179_869_184 - 262_144 * 16_384, totalBytes: 17_179_869_184 },
    swap: { usedBytes: 1024.5 * 1024 * 1024, totalBytes: 2048 * 1024 * 1024 },
    load: [1.72, 1.85, 2.01],
  });
});

test('FreeBSD is read from sysctl and swapinfo', () => {
  const text = `
    sysctl hw.ncpu 2
    sysctl kern.cp_time 1000 0 400 100 8500
    sysctl vm.loadavg { 0.31 0.28 0.25 }
    sysctl hw.physmem 8589934592
    sysctl vm.stats.vm.v_page_size 4096
    sysctl vm.stats.vm.v_free_count 1000000
    sysctl vm.stats.vm.v_inactive_count 48576
    sysctl vm.stats.vm.v_laundry_count 0
    swapinfo Device          1K-blocks     Used    Avail Capacity
    swapinfo /dev/ada0p3       2097152    10240  2086912     0%`;
  const [before, now] = [text, text.replace('1000 0 400 100 8500', '1050 0 450 100 8900')].map((each) =>
    read(each, 'FreeBSD'),
  );
  if (before === undefined || now === undefined) throw new Error('two readings');
  expect(sampleOf(before, now, 1)).toMatchObject({
    cpu: { busyShare: 0.2, coreCount: 2 },
    memory: { usedBytes: 8_589_934_592 - 1_048_576 * 4096, totalBytes: 8_589_934_592 },
    swap: { usedBytes: 10_240 * 1024, totalBytes: 2_097_152 * 1024 },
    load: [0.31, 0.28, 0.25],
  });
});

test('a system that we know nothing of shows its disks and that the rest is not known', () => {
  const reading = read('disk /dev/sd0a 100 40 60 40% /', 'OpenBSD');
  expect(sampleOf(null, reading, 1)).toEqual({
    atMs: 1,
    cpu: null,
    memory: null,
    swap: null,
    load: null,
    disks: [{ path: '/', usedBytes: 40 * 1024, availableBytes: 60 * 1024 }],
    gpus: [],
    kernels: [],
  });
});

const words = [
  'ticks',
  'cores',
  'memory',
  'memory-limit',
  'cpu-limit',
  'uptime',
  'load',
  'disk',
  'kernel',
  'gpu',
  'sysctl',
];
const line = fc.record({
  name: fc.constantFrom(...words, 'vm_stat', 'swapinfo', 'cpu-sum'),
  value: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.oneof(fc.nat().map(String), fc.constantFrom('MemTotal', '-1', '%', '/', 'hw.ncpu', 'max')))
      .map((parts) => parts.join(' ')),
  ),
});
test('whatever a machine reports, the sample is one that can be shown', () => {
  const system = fc.constantFrom('Linux', 'Darwin', 'FreeBSD', '');
  fc.assert(
    fc.property(system, fc.array(line), fc.array(line), (name, one, two) => {
      const [before, now] = [readMeasurement(name, one, true), readMeasurement(name, two, true)];
      expect(MeterSample.safeParse(sampleOf(before, now, 5)).error).toBeUndefined();
    }),
  );
});
