import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findPortOwner, type PortOwner } from '../tunnel/port-owner';
import { findPortOwnerByProgram, type RunProgram } from '../tunnel/port-owner-by-program';

const runProgram: RunProgram = async (program, args) =>
  (await promisify(execFile)(program, [...args], { timeout: 5000, windowsHide: true })).stdout;

/** Which process of this computer listens on a TCP port. Null where the system does not tell. */
export async function findOwnerOfPort(port: number): Promise<PortOwner | null> {
  const owner =
    process.platform === 'linux'
      ? await findPortOwner(port, { readdir, readFile, readlink })
      : await findPortOwnerByProgram(port, process.platform, runProgram);
  return owner?.processId === process.pid ? { ...owner, name: 'Nuvem' } : owner;
}
