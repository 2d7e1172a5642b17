import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { median } from '../support/bench/comparison';
import type { ProfileShare } from '../support/bench/cpu-profile';
import { cpuSeconds, processMemoryMiB } from '../support/bench/process-cpu';
import { timeSshFirstByte, timeSshTrue } from '../support/bench/ssh-client';
import { TunnelBench, type Way, type WayName, type Ways, wayNames } from '../support/bench/tunnel-bench';
import {
  type BusyRow,
  busyNames,
  busyTable,
  profileTable,
  type TunnelRow,
  tunnelTable,
} from '../support/bench/tunnel-table';

/**
 * The product's tunnels in Electron against `ssh -N -L`, through the same sshd, in turns. `NUVEM_BENCH_RUNS` is the
 * number of rounds, `NUVEM_BENCH_ROWS=echo,http` chooses rows by a part of their names.
 */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 5);
const chosen = process.env.NUVEM_BENCH_ROWS?.split(',') ?? [''];
const mebi = 1024 * 1024;
const longestMs = 180_000;

const bench = await TunnelBench.start();
const { driver } = bench;
const rows: TunnelRow[] = [];
const missing: { readonly name: string; readonly reason: string }[] = [];
const busy: BusyRow[] = [];
const profiles: { readonly name: string; readonly shares: readonly ProfileShare[] }[] = [];
const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

try {
  const near = await bench.ways('near', null);
  await measureBulk(near);
  await measureEcho(near);
  await attempt('HTTP keep-alive, 1 KB, 32 conn.', async (name) => {
    await compare(name, 'req/s', '>= 1.0', near, runs, (way) => requestsPerSecond(way.httpPort, get, 32));
    await profile(name, () => requestsPerSecond(near.nuvem.httpPort, get, 32));
  });
  await attempt('gateway GETs, 8 conn., against a plain local forward of Nuvem', (name) =>
    gateway(name, near),
  );
  await attempt('memory per 100 idle connections', (name) =>
    compare(name, 'MiB', '<= 1.0', near, 1, memoryPerHundred),
  );
  await attempt('connect, sign in, run `true`', connectAndRun);
  await attempt('first byte through a new connection, 100 ms RTT (`ssh -W`)', firstByte);
  await measureFar();
  await measureSlow();
} finally {
  await bench.stop();
}
console.log(`\nElectron ${await bench.electronVersion}\n\n${tunnelTable(rows)}`);
if (busy.length > 0) console.log(`\n${busyTable(busy, cpus().length)}`);
for (const { name, reason } of missing) console.log(`\nNot measured: ${name}: ${reason}`);
for (const { name, shares } of profiles) console.log(`\n${profileTable(name, shares)}`);
if (missing.length > 0) process.exitCode = 1;

async function measureBulk(near: Ways): Promise<void> {
  const loopDelaysMs: number[] = [];
  for (const direction of ['up', 'down'] as const) {
    const cpu: Partial<Record<WayName, number[]>> = {};
    for (const connections of [1, 8]) {
      const load = { direction, connections, bytes: 512 * mebi };
      const shares: Partial<Record<WayName, (readonly number[])[]>> = {};
      await attempt(`bulk ${direction}, ${connections} conn.`, async (name) => {
        await compare(name, 'MB/s', '>= 1.5', near, runs, async (way) => {
          const isOurs = way.name === 'nuvem';
          if (isOurs) await bench.askProduct('startLoopDelay', {});
          const before = await cpuOf(way);
          const megabytesPerSecond = await bulk(way, load);
          const used = (await cpuOf(way)).map(
            (each, index) => (each - (before[index] ?? 0)) / (load.bytes / 1e6),
          );
          cpu[way.name] = [...(cpu[way.name] ?? []), (used[0] ?? Number.NaN) * 1000];
          shares[way.name] = [...(shares[way.name] ?? []), used.map((each) => each * megabytesPerSecond)];
          if (isOurs) loopDelaysMs.push(await loopDelayMs());
          return megabytesPerSecond;
        });
        await profile(name, () => bulk(near.nuvem, load));
      });
      keepBusy(load, shares);
    }
    if (cpu.nuvem !== undefined)
      keep({ name: `CPU of the client, bulk ${direction}`, unit: 's/GB', goal: '<= 0.9', values: cpu });
  }
  if (loopDelaysMs.length > 0) {
    const name = 'main process event loop delay p99 in bulk';
    keep({ name, unit: 'ms', goal: '<= 10 ms', values: { nuvem: loopDelaysMs } });
  }
}

/** Keeps the medians of who was busy, by way. */
function keepBusy(
  { direction, connections }: Load,
  shares: Partial<Record<WayName, readonly (readonly number[])[]>>,
): void {
  for (const [way, runsOfWay] of Object.entries(shares)) {
    const cores = busyNames.map((_, index) => median(runsOfWay.map((each) => each[index] ?? Number.NaN)));
    busy.push({ name: `bulk ${direction}, ${connections} conn.`, way, cores });
  }
}

/** CPU seconds so far of those who work for a way, as `busyNames` has them. */
async function cpuOf(way: Way): Promise<readonly number[]> {
  const sums: number[] = [];
  for (const pids of await bench.busyPids(way)) {
    let sum = 0;
    for (const pid of pids) sum += await cpuSeconds(pid);
    sums.push(sum);
  }
  return sums;
}

async function measureEcho(near: Ways): Promise<void> {
  const all: Partial<Record<WayName, (readonly number[])[]>> = {};
  await attempt('echo of 1 byte, p50', async (name) => {
    await compare(name, 'ms', '<= 1.0', near, runs * 2, async (way) => {
      const milliseconds = await echo(way, 1500, 0);
      all[way.name] = [...(all[way.name] ?? []), milliseconds];
      return median(milliseconds);
    });
    keep({
      name: 'echo of 1 byte, p99',
      unit: 'ms',
      goal: '<= 1.0',
      values: Object.fromEntries(wayNames.map((way) => [way, (all[way] ?? []).map(p99)])),
    });
    await profile('echo of 1 byte', () => echo(near.nuvem, 5000, 0));
  });
}

async function gateway(name: string, near: Ways): Promise<void> {
  const opened = await bench.askProduct<{ port: number; authorization: string }, 'gateway'>('gateway', {
    key: 'near',
  });
  const request =
    `GET http://127.0.0.1:${bench.httpPort}/ HTTP/1.1\r\nHost: 127.0.0.1:${bench.httpPort}\r\n` +
    `Proxy-Authorization: Basic ${opened.authorization}\r\n\r\n`;
  const values = { nuvem: [] as number[], 'plain forward': [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    values.nuvem.push(await requestsPerSecond(opened.port, request, 8));
    values['plain forward'].push(await requestsPerSecond(near.nuvem.httpPort, get, 8));
  }
  keep({ name, unit: 'req/s', goal: '>= 0.7', values });
  await profile('gateway GETs, 8 conn.', () => requestsPerSecond(opened.port, request, 8));
}

async function memoryPerHundred(way: Way): Promise<number> {
  const count = 400;
  await driver.ask({ kind: 'hold', port: way.port, count: 20 });
  await bench.askProduct('collectGarbage', {});
  const before = await processMemoryMiB(way.pid);
  await driver.ask({ kind: 'hold', port: way.port, count });
  await bench.askProduct('collectGarbage', {});
  const grown = (await processMemoryMiB(way.pid)) - before;
  await driver.ask({ kind: 'release' });
  return (grown * 100) / count;
}

async function connectAndRun(name: string): Promise<void> {
  const server = await bench.server(null);
  const values = { nuvem: [] as number[], ssh: [] as number[] };
  for (let run = 0; run < runs * 2; run += 1) {
    const connected = await bench.askProduct<{ milliseconds: number }, 'connect'>('connect', { server });
    values.nuvem.push(connected.milliseconds);
    values.ssh.push(await timeSshTrue(server));
  }
  keep({ name, unit: 'ms', goal: '<= 1.0', values });
}

async function firstByte(name: string): Promise<void> {
  const server = await bench.server({ delayMs: 50 });
  const request = Buffer.from(`${'E'.padEnd(17, '\0')}w`);
  const values = { nuvem: [] as number[], ssh: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    const first = await bench.askProduct<{ milliseconds: number }, 'firstByte'>('firstByte', {
      server,
      echo: { host: '127.0.0.1', port: bench.echoPort },
      request: request.toString('base64'),
    });
    values.nuvem.push(first.milliseconds);
    values.ssh.push(await timeSshFirstByte(server, bench.echoPort, request));
  }
  keep({ name, unit: 'ms', goal: '<= 0.8', values });
}

async function measureFar(): Promise<void> {
  const loads = [
    { direction: 'down', connections: 1, bytes: 256 * mebi },
    { direction: 'up', connections: 1, bytes: 48 * mebi },
    { direction: 'up', connections: 8, bytes: 256 * mebi },
  ] as const;
  for (const roundTripMs of [50, 100]) {
    for (const load of loads) {
      const goal = roundTripMs === 100 && load.direction === 'down' ? '>= 8' : '';
      await attempt(
        `bulk ${load.direction}, ${load.connections} conn., ${roundTripMs} ms RTT`,
        async (name) => {
          const far = await bench.ways(name, { delayMs: roundTripMs / 2 });
          await compare(name, 'MB/s', goal, far, Math.ceil(runs / 3), (way) => bulk(way, load));
        },
      );
    }
  }
}

async function measureSlow(): Promise<void> {
  await attempt('typing while a download fills 12 MB/s, 50 ms', async (name) => {
    const slow = await bench.ways('slow', { delayMs: 25, bytesPerSecond: 12e6 });
    await compare(name, 'ms', '<= 0.4', slow, 2, async (way) => {
      const download = bulk(way, { direction: 'down', connections: 1, bytes: 100 * mebi });
      await setTimeout(2500);
      const milliseconds = await echo(way, 20, 60);
      await download;
      return median(milliseconds);
    });
    await compare('download rate of a 12 MB/s, 50 ms link', 'MB/s', '', slow, 2, (way) =>
      bulk(way, { direction: 'down', connections: 1, bytes: 48 * mebi }),
    );
  });
}

/** Measures if chosen. What fails, or takes longer than it may, is told at the end, and the others go on. */
async function attempt(name: string, measure: (name: string) => Promise<void>): Promise<void> {
  if (!isChosen(name)) return;
  const limit = new AbortController();
  try {
    await Promise.race([
      measure(name),
      setTimeout(longestMs, undefined, { signal: limit.signal }).then(() => {
        throw new Error(`It took longer than ${longestMs / 1000} s`);
      }),
    ]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    missing.push({ name, reason });
    console.log(`Not measured: ${name}: ${reason}`);
  } finally {
    limit.abort();
  }
}

/** For the table at the end; shown at once, too. */
function keep(row: TunnelRow): void {
  rows.push(row);
  console.log(tunnelTable([row]).split('\n').at(-1));
}

function isChosen(name: string): boolean {
  return chosen.some((part) => name.includes(part));
}

/** Keeps where Nuvem's network thread spends its time in `work`. It is slower meanwhile: never in a measured run. */
async function profile(name: string, work: () => Promise<unknown>): Promise<void> {
  await bench.askProduct('startProfile', {});
  await work();
  const answer = await bench.askProduct<{ shares: readonly ProfileShare[] }, 'stopProfile'>(
    'stopProfile',
    {},
  );
  profiles.push({ name, shares: answer.shares });
}

/** Measures all three ways in turns, the first place changing, and keeps the row. */
async function compare(
  name: string,
  unit: string,
  goal: string,
  ways: Ways,
  rounds: number,
  measure: (way: Way) => Promise<number>,
): Promise<void> {
  const values: Partial<Record<WayName, number[]>> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < wayNames.length; turn += 1) {
      const way = ways[wayNames[(round + turn) % wayNames.length] as WayName];
      values[way.name] = [...(values[way.name] ?? []), await measure(way)];
    }
  }
  keep({ name, unit, goal, values });
}

interface Load {
  readonly direction: 'up' | 'down';
  readonly connections: number;
  readonly bytes: number;
}

async function bulk(way: Way, load: Load): Promise<number> {
  const task = { kind: 'bulk', port: way.port, settleSeconds: 0.4, ...load };
  const { seconds } = await driver.ask<{ seconds: number }>(task);
  return load.bytes / 1e6 / seconds;
}

async function echo(way: Way, count: number, pauseMs: number): Promise<readonly number[]> {
  const task = { kind: 'echo', port: way.port, count, pauseMs };
  return (await driver.ask<{ milliseconds: number[] }>(task)).milliseconds;
}

async function requestsPerSecond(port: number, request: string, connections: number): Promise<number> {
  const task = { kind: 'http', port, request, connections, seconds: 1.5 };
  return (await driver.ask<{ perSecond: number }>(task)).perSecond;
}

async function loopDelayMs(): Promise<number> {
  return (await bench.askProduct<{ p99Ms: number }, 'stopLoopDelay'>('stopLoopDelay', {})).p99Ms;
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}
