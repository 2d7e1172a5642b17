import { median } from '../support/bench/comparison';
import type { ProfileShare } from '../support/bench/cpu-profile';
import { cpuSeconds, processMemoryMiB } from '../support/bench/process-cpu';
import { timeSshFirstByte, timeSshTrue } from '../support/bench/ssh-client';
import { TunnelBench, type Way, type WayName, type Ways, wayNames } from '../support/bench/tunnel-bench';
import { profileTable, type TunnelRow, tunnelTable } from '../support/bench/tunnel-table';

/**
 * The product's tunnels in Electron against `ssh -N -L`, through the same sshd, in turns. `NUVEM_BENCH_RUNS` is the
 * number of rounds, `NUVEM_BENCH_ROWS=echo,http` chooses rows by a part of their names.
 */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 5);
const chosen = process.env.NUVEM_BENCH_ROWS?.split(',') ?? [''];
const mebi = 1024 * 1024;

const bench = await TunnelBench.start();
const { driver } = bench;
const rows: TunnelRow[] = [];
const profiles: { readonly name: string; readonly shares: readonly ProfileShare[] }[] = [];

try {
  const near = await bench.ways('near', null);
  const shares = new Map<Way, Map<string, number[]>>();
  const cpu = (way: Way, direction: string): number[] => {
    const ofWay = shares.get(way) ?? new Map<string, number[]>();
    shares.set(way, ofWay);
    const values = ofWay.get(direction) ?? [];
    ofWay.set(direction, values);
    return values;
  };
  const loopDelaysMs: number[] = [];

  for (const direction of ['up', 'down'] as const) {
    for (const connections of [1, 8]) {
      const bytes = 512 * mebi;
      await compare(`bulk ${direction}, ${connections} conn.`, 'MB/s', '>= 1.5', near, runs, async (way) => {
        const isOurs = way.name === 'nuvem';
        if (isOurs) await bench.askProduct('startLoopDelay', {});
        const before = await cpuSeconds(way.pid);
        const megabytesPerSecond = await bulk(way, { direction, connections, bytes });
        cpu(way, direction).push(((await cpuSeconds(way.pid)) - before) / (bytes / 1e9));
        if (isOurs) loopDelaysMs.push(await loopDelayMs());
        return megabytesPerSecond;
      });
    }
  }
  for (const direction of ['up', 'down'] as const) {
    if (cpu(near.nuvem, direction).length === 0) continue;
    rows.push({
      name: `CPU of the client, bulk ${direction}`,
      unit: 's/GB',
      goal: '<= 0.9',
      values: Object.fromEntries(wayNames.map((name) => [name, cpu(near[name], direction)])),
    });
  }
  if (loopDelaysMs.length > 0) {
    rows.push({
      name: 'main process event loop delay p99 in bulk',
      unit: 'ms',
      goal: '<= 10 ms',
      values: { nuvem: loopDelaysMs },
    });
  }

  const echoes: Partial<Record<WayName, (readonly number[])[]>> = {};
  await compare('echo of 1 byte, p50', 'ms', '<= 1.0', near, runs * 2, async (way) => {
    const milliseconds = await echo(way, 1500, 0);
    echoes[way.name] = [...(echoes[way.name] ?? []), milliseconds];
    return median(milliseconds);
  });
  if (echoes.nuvem !== undefined) {
    rows.push({
      name: 'echo of 1 byte, p99',
      unit: 'ms',
      goal: '<= 1.0',
      values: Object.fromEntries(wayNames.map((name) => [name, (echoes[name] ?? []).map(p99)])),
    });
  }

  const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  await compare('HTTP keep-alive, 1 KB, 32 conn.', 'req/s', '>= 1.0', near, runs, (way) =>
    requestsPerSecond(way.httpPort, get, 32),
  );
  if (isChosen('HTTP')) {
    await profile('HTTP keep-alive, 1 KB, 32 conn.', () => requestsPerSecond(near.nuvem.httpPort, get, 32));
  }
  if (isChosen('echo')) await profile('echo of 1 byte', () => echo(near.nuvem, 5000, 0));
  if (isChosen('gateway')) {
    const gateway = await bench.askProduct<{ port: number; authorization: string }, 'gateway'>('gateway', {
      key: 'near',
    });
    const throughGateway =
      `GET http://127.0.0.1:${bench.httpPort}/ HTTP/1.1\r\nHost: 127.0.0.1:${bench.httpPort}\r\n` +
      `Proxy-Authorization: Basic ${gateway.authorization}\r\n\r\n`;
    const values = { nuvem: [] as number[], 'plain forward': [] as number[] };
    for (let run = 0; run < runs; run += 1) {
      values.nuvem.push(await requestsPerSecond(gateway.port, throughGateway, 8));
      values['plain forward'].push(await requestsPerSecond(near.nuvem.httpPort, get, 8));
    }
    await profile('gateway GETs, 8 conn.', () => requestsPerSecond(gateway.port, throughGateway, 8));
    rows.push({
      name: 'gateway GETs, 8 conn., against a plain local forward of Nuvem',
      unit: 'req/s',
      goal: '>= 0.7',
      values,
    });
  }

  await compare('memory per 100 idle connections', 'MiB', '<= 1.0', near, 1, async (way) => {
    const count = 400;
    await driver.ask({ kind: 'hold', port: way.port, count: 20 });
    await bench.askProduct('collectGarbage', {});
    const before = await processMemoryMiB(way.pid);
    await driver.ask({ kind: 'hold', port: way.port, count });
    await bench.askProduct('collectGarbage', {});
    const grown = (await processMemoryMiB(way.pid)) - before;
    await driver.ask({ kind: 'release' });
    return (grown * 100) / count;
  });

  if (isChosen('connect')) {
    const server = await bench.server(null);
    const values = { nuvem: [] as number[], ssh: [] as number[] };
    for (let run = 0; run < runs * 2; run += 1) {
      const connected = await bench.askProduct<{ milliseconds: number }, 'connect'>('connect', { server });
      values.nuvem.push(connected.milliseconds);
      values.ssh.push(await timeSshTrue(server));
    }
    rows.push({ name: 'connect, sign in, run `true`', unit: 'ms', goal: '<= 1.0', values });
  }

  if (isChosen('first byte')) {
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
    rows.push({
      name: 'first byte through a new connection, 100 ms RTT (`ssh -W`)',
      unit: 'ms',
      goal: '<= 0.8',
      values,
    });
  }

  for (const roundTripMs of [50, 100]) {
    const goal = roundTripMs === 100 ? '>= 8' : '';
    const cases = [
      { direction: 'down', connections: 1, bytes: 256 * mebi },
      { direction: 'up', connections: 1, bytes: 48 * mebi },
      { direction: 'up', connections: 8, bytes: 256 * mebi },
    ] as const;
    for (const load of cases) {
      const name = `bulk ${load.direction}, ${load.connections} conn., ${roundTripMs} ms RTT`;
      if (!isChosen(name)) continue;
      const far = await bench.ways(name, { delayMs: roundTripMs / 2 });
      await compare(name, 'MB/s', load.direction === 'down' ? goal : '', far, Math.ceil(runs / 3), (way) =>
        bulk(way, load),
      );
    }
  }

  if (isChosen('typing')) {
    const slow = await bench.ways('slow', { delayMs: 25, bytesPerSecond: 12e6 });
    await compare('typing while a download fills 12 MB/s, 50 ms', 'ms', '<= 0.4', slow, 2, async (way) => {
      const download = bulk(way, { direction: 'down', connections: 1, bytes: 100 * mebi });
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const milliseconds = await echo(way, 20, 60);
      await download;
      return median(milliseconds);
    });
    await compare('download rate of a 12 MB/s, 50 ms link', 'MB/s', '', slow, 2, (way) =>
      bulk(way, { direction: 'down', connections: 1, bytes: 48 * mebi }),
    );
  }
} finally {
  await bench.stop();
}
console.log(`\nElectron ${await bench.electronVersion}\n\n${tunnelTable(rows)}`);
for (const { name, shares } of profiles) console.log(`\n${profileTable(name, shares)}`);

function isChosen(name: string): boolean {
  return chosen.some((part) => name.includes(part));
}

/** Keeps where Nuvem's main process spends its time in `work`. It is slower meanwhile: never in a measured run. */
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
  if (!isChosen(name)) return;
  const values: Partial<Record<WayName, number[]>> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < wayNames.length; turn += 1) {
      const way = ways[wayNames[(round + turn) % wayNames.length] as WayName];
      values[way.name] = [...(values[way.name] ?? []), await measure(way)];
    }
  }
  rows.push({ name, unit, goal, values });
  console.log(tunnelTable(rows.slice(-1)).split('\n').at(-1));
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
