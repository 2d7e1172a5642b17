import { AppError } from '../../shared/errors/app-error';
import type { Kernelspec } from '../../shared/model/environment';
import type { Transport } from '../connection/transport';
import { factOf, runRemoteScript } from '../jupyter/remote-script';
import script from './remote/remove-kernel.sh?raw';

/**
 * Takes a kernel from the list that each Jupyter of the user has; the environment that it runs in stays.
 * @throws AppError `remote-permission-denied`, or why the connection failed
 */
export async function removeKernel(
  transport: Transport,
  kernelsFolder: string,
  { name, folder }: Kernelspec,
  random: (sizeBytes: number) => Buffer,
): Promise<void> {
  const values = { kernels: kernelsFolder, name };
  const facts = await runRemoteScript(transport, { text: script, values }, random);
  if (factOf(facts, 'removed') === undefined)
    throw new AppError('remote-permission-denied', { path: folder });
}
