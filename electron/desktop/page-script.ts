import type { WebContents } from 'electron';

/** Runs a script in every document that these web contents show, once it is parsed, as one of the page's own. */
export function runInPages(contents: WebContents, script: string, log: (message: string) => void): void {
  contents.on('dom-ready', () => {
    contents.executeJavaScript(script).catch((error: unknown) => log(`page script: ${String(error)}`));
  });
}
