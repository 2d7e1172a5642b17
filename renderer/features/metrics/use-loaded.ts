import { useEffect, useState } from 'react';
import { AppError, type ErrorReport } from '../../../shared/errors/app-error';

interface Loaded<Value> {
  /** What was loaded last for the same question; null: nothing yet. */
  readonly value: Value | null;
  readonly isLoading: boolean;
  readonly error: ErrorReport | null;
}

/** Loads when `load` is another one; null: there is nothing to load. An answer that comes too late is dropped. */
export function useLoaded<Value>(load: (() => Promise<Value>) | null): Loaded<Value> {
  const [state, setState] = useState<Loaded<Value>>({ value: null, isLoading: load !== null, error: null });
  useEffect(() => {
    let isWanted = true;
    setState({ value: null, isLoading: load !== null, error: null });
    load?.().then(
      (value) => isWanted && setState({ value, isLoading: false, error: null }),
      (thrown: unknown) =>
        isWanted && setState({ value: null, isLoading: false, error: AppError.from(thrown).toReport() }),
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  return state;
}
