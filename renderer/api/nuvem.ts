import { type AppContract, contract } from '../../shared/contract/contract';
import type { BridgeOf } from '../../shared/contract/define-contract';
import { createClient } from './client';

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly nuvem: BridgeOf<AppContract>;
  }
}

/** The main process, as the renderer calls it. */
export const nuvem = createClient(contract, window.nuvem);
