import type { SecondStart } from './cli/second-start';
import type { LinkQueue } from './desktop/deep-link';
import type { EarlyWindow } from './desktop/early-window';

/** What is there before the app itself is loaded. */
export interface Launch {
  readonly window: EarlyWindow;
  /** What this start of the program asks for. */
  readonly wanted: SecondStart;
  /** Addresses and files that the desktop hands over. */
  readonly links: LinkQueue;
  readonly files: LinkQueue;
  /** Lets the page's requests through: they have handlers now. */
  readonly answerPage: () => void;
}
