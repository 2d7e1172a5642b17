/** What came of one try of a fault. */
export interface FaultOutcome {
  /** It ended as it should: working again, or refused where that is right. */
  readonly survived: boolean;
  /** From the fault to the moment at which the connection is known to be lost; null: it never was. */
  readonly noticeMs: number | null;
  /** From the end of the fault until a client that came during it has its answer; null: nothing to recover. */
  readonly recoverMs: number | null;
  /** Missing or different in streams that looked whole to their clients. */
  readonly bytesLost: number;
  /** Connections that reached the server after it began to refuse; null: it did not. */
  readonly attempts: number | null;
  /** What else was seen, for people. */
  readonly note: string;
}

export interface Fault {
  readonly name: string;
  readonly tries: number;
  /** Makes all it needs, and ends it again. */
  readonly run: () => Promise<FaultOutcome>;
}

/** Rejects when `work` takes longer than that. */
export async function within<T>(limitMs: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs / 1000} s`)), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
