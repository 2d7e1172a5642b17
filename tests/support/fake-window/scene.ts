import type { Page } from '@playwright/test';

/** A state of the window that a user can see; `show` gets a freshly loaded window and the address of a page to open. */
export interface Scene {
  readonly name: string;
  readonly show: (page: Page, pageUrl: string) => Promise<void>;
}
