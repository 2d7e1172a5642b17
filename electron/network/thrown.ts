import { AppError, type ErrorReport } from '../../shared/errors/app-error';

/** What was thrown, as a message can carry it: an `AppError` keeps its code, anything else its text. */
export type ThrownReport =
  | { readonly kind: 'app'; readonly report: ErrorReport; readonly cause: string }
  | { readonly kind: 'other'; readonly text: string };

export function reportThrown(thrown: unknown): ThrownReport {
  return thrown instanceof AppError
    ? { kind: 'app', report: thrown.toReport(), cause: textOf(thrown.cause) }
    : { kind: 'other', text: textOf(thrown) };
}

export function thrownFrom(reported: ThrownReport): AppError | Error {
  if (reported.kind === 'other') return new Error(reported.text);
  const { code, params, details } = reported.report;
  return new AppError(code, params, { details, cause: reported.cause });
}

const textOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown ?? '');
