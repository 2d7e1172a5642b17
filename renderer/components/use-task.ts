import { useState } from 'react';
import { AppError } from '../../shared/errors/app-error';

/** A request that a dialog waits for, one at a time. */
export interface Task {
  readonly isRunning: boolean;
  /** Why the last one failed. */
  readonly failure: AppError | null;
  /** Does nothing while one runs. */
  run<Result>(request: () => Promise<Result>, onDone: (result: Result) => void): void;
}

/** For dialogs that stay open when what they ask for fails. */
export function useTask(): Task {
  const [isRunning, setIsRunning] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  return {
    isRunning,
    failure,
    run: (request, onDone) => {
      if (isRunning) return;
      setIsRunning(true);
      setFailure(null);
      request()
        .then(onDone, (thrown: unknown) => setFailure(AppError.from(thrown)))
        .finally(() => setIsRunning(false));
    },
  };
}
