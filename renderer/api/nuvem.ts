import { type AppContract, contract } from '../../shared/contract/contract';
import type { BridgeOf } from '../../shared/contract/define-contract';
import { createClient } from './client';

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly nuvem: BridgeOf<AppContract>;
    /** Exposed by it as well. */
    readonly nuvemFiles: {
      /** Where a file is on this computer that the user has dropped or chosen; empty: nowhere. */
      readonly pathOf: (file: File) => string;
    };
  }
}

/** The main process, as the renderer calls it. */
export const nuvem = createClient(contract, window.nuvem);
