import { type FaultRow, faultTable, isUnharmed } from '../support/bench/fault-table';
import type { Fault, FaultOutcome } from '../support/faults/fault';
import {
  channelsRefused,
  closesUnderWrite,
  diesInChannelOpen,
  garbage,
  portsExhausted,
  windowOverrun,
} from '../support/faults/hostile';
import { manyClients, offeredCiphers, openAndClose, rekeying, slowReader } from '../support/faults/load';
import { halfOpen, networkDown, sshdRestarted, tcpReset } from '../support/faults/outages';
import { keyRefused, otherHostKey } from '../support/faults/refusals';
import { sleep } from '../support/faults/sleep';
import { canMakeNetworks } from '../support/lab/lab-network';

/** What tunnels go through and come out of: `npm run bench -- faults`. */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 5);
/** Of the long outage; ten minutes is what the table in docs/BENCHMARKS.md shows. */
const longOutageSeconds = Number(process.env.NUVEM_BENCH_OUTAGE_SECONDS ?? 600);
/** A part of the names of the faults to try; empty: all. */
const wanted = process.env.NUVEM_BENCH_FAULTS ?? '';
const mib = 1024 * 1024;

const fault = (name: string, tries: number, run: Fault['run']): Fault => ({ name, tries, run });

/** Long, and idle but for a few seconds: they run beside the others. */
const outages: readonly Fault[] = [
  fault(`network down for ${longOutageSeconds} s`, 1, () => networkDown(longOutageSeconds * 1000)),
  fault('network down for 60 s', Math.min(runs, 3), () => networkDown(60_000)),
];

const others: readonly Fault[] = [
  fault('network down for 5 s', runs, () => networkDown(5000)),
  fault('half-open link for 30 s', Math.min(runs, 3), () => halfOpen(30_000)),
  fault('TCP reset', runs * 2, tcpReset),
  fault('sshd restarted, away for 2 s', runs, () => sshdRestarted(2000)),
  fault('sshd restarted with another host key', runs, otherHostKey),
  fault("sshd refuses the user's key from now on", runs, keyRefused),
  fault('sleep for 8 s', Math.min(runs, 3), () => sleep(8000)),
  fault('sleep for 45 s, given up by the server', Math.min(runs, 3), () => sleep(45_000)),
  fault('server overruns the window', runs, windowOverrun),
  fault('server refuses 20 channels', runs, () => channelsRefused(20)),
  fault('server closes a channel under an upload', runs, closesUnderWrite),
  fault('server dies half-way in a channel open', runs, diesInChannelOpen),
  fault('server sends garbage', runs, garbage),
  fault('ports exhausted on the machine', Math.min(runs, 3), portsExhausted),
  fault('5000 clients open and close', 1, () => openAndClose(5000)),
  fault('a reader at 1 KB/s of 1 GB, for 60 s', 1, () => slowReader(1024 * mib, 60_000)),
  fault('500 clients x 10 MiB on one connection', 1, () => manyClients(500, 10 * mib)),
];

/** Each cipher is one try. */
const ciphers = [...offeredCiphers];
const rekeyed = fault('RekeyLimit 256k, 100 MB by each cipher', ciphers.length, () =>
  rekeying(ciphers.shift() ?? '', 100e6),
);

async function tried({ name, tries, run }: Fault): Promise<FaultRow> {
  const outcomes: (FaultOutcome | Error)[] = [];
  for (let count = 1; count <= tries; count += 1) {
    const outcome = await run().catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    outcomes.push(outcome);
    const seen = outcome instanceof Error ? `FAILED: ${outcome.message}` : JSON.stringify(outcome);
    console.log(`${name}, ${count} of ${tries}: ${seen}`);
  }
  return { name, outcomes };
}

async function triedInTurn(faults: readonly Fault[]): Promise<readonly FaultRow[]> {
  const rows: FaultRow[] = [];
  for (const each of faults) if (each.name.includes(wanted)) rows.push(await tried(each));
  return rows;
}

if (!canMakeNetworks) throw new Error('Network namespaces need root on Linux.');
const beganMs = performance.now();
const [long, short] = await Promise.all([triedInTurn(outages), triedInTurn([...others, rekeyed])]);
const rows = [...long, ...short];
console.log(`\n${faultTable(rows)}\n`);
console.log(`Took ${Math.round((performance.now() - beganMs) / 1000)} s.`);
const harmed = rows.filter((row) => !isUnharmed(row));
if (harmed.length > 0) console.log(`Not as it should be: ${harmed.map(({ name }) => name).join('; ')}`);
process.exit(harmed.length > 0 ? 1 : 0);
