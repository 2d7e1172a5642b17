import { readdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';

/**
 * Ends every process of this user whose HOME is `home`: notebook servers and kernels outlive, by design, whoever
 * started them, but must not outlive a test. Linux only.
 */
export async function endProcessesAtHome(home: string): Promise<void> {
  for (const pid of await processesAtHome(home)) kill(pid);
}

/** Numbers of the processes whose HOME is `home`. Linux only. */
export async function processesAtHome(home: string): Promise<readonly number[]> {
  const needle = `HOME=${home}`;
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (environment.split('\0').includes(needle)) found.push(Number(name));
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: a process of somebody else, which has this test's home only by name.
    if (code !== 'ESRCH' && !(code === 'EPERM' && userInfo().uid !== 0)) throw error;
  }
}
