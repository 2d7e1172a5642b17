import { z } from 'zod';
import type { Kernelspec } from '../../shared/model/environment';
import { factOf, type RemoteFact } from '../jupyter/remote-script';

/** What counts here of a kernel.json: jupyter-client's docs, "Kernel specs". */
const KernelFile = z.object({ argv: z.array(z.string()).min(1), display_name: z.string().min(1) });

/** A kernel as the script reported it; one whose file makes no sense is broken, too. */
export function readKernelspec(facts: readonly RemoteFact[], kernelsFolder: string): Kernelspec {
  const folder = factOf(facts, 'kernel') ?? '';
  const name = folder.split('/').at(-1) ?? folder;
  const file = parsed(factOf(facts, 'spec') ?? '');
  return {
    name,
    folder,
    displayName: file?.display_name ?? name,
    interpreter: file?.argv[0] ?? '',
    isBroken: file === null || factOf(facts, 'missing') !== undefined,
    isRemovable: folder === `${kernelsFolder}/${name}`,
  };
}

function parsed(text: string): z.infer<typeof KernelFile> | null {
  try {
    return KernelFile.parse(JSON.parse(text));
  } catch {
    // Whatever is wrong with it, Jupyter could not use it either.
    return null;
  }
}
