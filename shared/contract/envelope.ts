import type { ErrorReport } from '../errors/app-error';

/** What travels back over IPC: Electron would lose the class and fields of a thrown error. */
export type Envelope =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorReport };
