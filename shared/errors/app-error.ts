import { z } from 'zod';
import { type ErrorCode, type ErrorParams, errorCodes, errorTable } from './error-codes';

/** An `AppError` as data: in IPC envelopes and in state snapshots. */
export const ErrorReport = z.strictObject({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** What the other side said, verbatim and redacted, e.g. the last lines of a server's log. May be empty. */
  details: z.array(z.string()),
});
export type ErrorReport = Readonly<z.infer<typeof ErrorReport>>;

/** The one error class that crosses module and process borders. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    options: { readonly details?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, { cause: options.cause });
    this.details = options.details ?? [];
  }

  readonly details: readonly string[];

  get isRetryable(): boolean {
    return errorTable[this.code].isRetryable;
  }

  toReport(): ErrorReport {
    return { code: this.code, params: { ...this.params }, details: [...this.details] };
  }

  static fromReport(report: ErrorReport): AppError {
    return new AppError(report.code, report.params, { details: report.details });
  }

  /** Anything thrown becomes an `AppError`; what is not one already becomes `internal` with its cause kept. */
  static from(thrown: unknown): AppError {
    return thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown });
  }
}
