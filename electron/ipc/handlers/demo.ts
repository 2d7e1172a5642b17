import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { DemoService } from '../../demo/demo-service';

/** Preparing goes on after the answer: its progress and its failure are in the snapshots. */
export function demoHandlers(
  demo: DemoService,
  startInBackground: (work: Promise<void>) => void,
): HandlersOf<AppContract>['demo'] {
  return {
    get: () => demo.snapshot(),
    start: () => startInBackground(demo.start()),
    cancel: () => demo.cancel(),
  };
}
