import type { DrivenPage } from './driven-page';
import type { GuestPage } from './guest-page';

/** Drives a JupyterLab 4 as a user would: by what is on the screen. */
export class JupyterLabPage<Page extends DrivenPage = GuestPage> {
  constructor(readonly page: Page) {}

  /** Resolves once the launcher or a notebook can be used. */
  async ready(timeoutMs = 60_000): Promise<void> {
    await this.page.until(
      'JupyterLab to be loaded',
      () =>
        document.querySelector('#jupyterlab-splash') === null &&
        document.querySelector('.jp-LauncherCard, .jp-Notebook') !== null,
      undefined,
      timeoutMs,
    );
  }

  /** Makes a Python notebook by the launcher's first card (opening a launcher if a notebook is in front) and resolves once its kernel is idle. */
  async newNotebook(): Promise<void> {
    const openCount = await this.page.evaluate(() => document.querySelectorAll('.jp-NotebookPanel').length);
    await this.page.until('the launcher', () => {
      const launcher = '.jp-Launcher:not(.lm-mod-hidden) ';
      const card = document.querySelector<HTMLElement>(
        `${launcher}.jp-LauncherCard[data-category="Notebook"]`,
      );
      const newLauncher = document.querySelector<HTMLElement>('[data-command="launcher:create"]');
      (card ?? newLauncher)?.click();
      return card !== null;
    });
    await this.page.until(
      'a new notebook',
      (before) =>
        document.querySelectorAll('.jp-NotebookPanel').length > before &&
        document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .cm-content') !== null,
      openCount,
    );
    await this.kernelIdle();
  }

  /**
   * Brings a notebook of the folder to the front, opening it if it is not open, and resolves once its kernel is idle;
   * unless a cell of it still runs.
   */
  async openNotebook(name: string, { isIdle = true }: { readonly isIdle?: boolean } = {}): Promise<void> {
    await this.page.until(
      `${name} to be open`,
      (wanted) => {
        if (document.querySelector('.lm-TabBar-tab.jp-mod-current')?.textContent === wanted) return true;
        const files = [...document.querySelectorAll('.jp-DirListing-item')];
        files
          .find((file) => file.querySelector('.jp-DirListing-itemText')?.textContent === wanted)
          ?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, cancelable: true, button: 0 }));
        return false;
      },
      name,
    );
    if (isIdle) await this.kernelIdle();
  }

  /** Resolves when the kernel of the notebook in front has nothing to do. */
  async kernelIdle(timeoutMs = 60_000): Promise<void> {
    await this.page.until(
      'the kernel to be idle',
      () => / \| Idle/.test(document.querySelector('#jp-main-statusbar')?.textContent ?? ''),
      undefined,
      timeoutMs,
    );
  }

  /** Types `code` into the last cell, runs it, and resolves with the number of that cell from the top. */
  async startCell(code: string): Promise<number> {
    const cellCount = await this.page.until(
      'the code to be in the last cell',
      (text) => {
        const cells = document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell');
        const editor = cells[cells.length - 1]?.querySelector<HTMLElement>('.cm-content');
        if (!editor) return null;
        const lines = [...editor.querySelectorAll('.cm-line')].map((line) => line.textContent);
        if (lines.join('\n') === text) return cells.length;
        // A notebook that has just opened may still take the focus away: then it is typed again.
        editor.focus();
        document.execCommand('selectAll');
        document.execCommand('insertText', false, text);
        return null;
      },
      code,
    );
    await this.page.until(
      'the cell to be taken by the kernel',
      (at) => {
        const cells = document.querySelectorAll<HTMLElement>(
          '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell',
        );
        const prompt = cells[at]?.querySelector('.jp-InputPrompt')?.textContent ?? '';
        if (/\[[*\d]+\]/.test(prompt)) return true;
        // Until a kernel is there, running a cell does nothing at all; a kernel that is there answers within 2 s.
        const pressedAtMs = Number(cells[at]?.dataset.pressedAtMs ?? 0);
        if (Date.now() - pressedAtMs < 2_000) return false;
        if (cells[at]) cells[at].dataset.pressedAtMs = String(Date.now());
        const editor = cells[at]?.querySelector<HTMLElement>('.cm-content');
        editor?.focus();
        const keyboard = { key: 'Enter', code: 'Enter', keyCode: 13, shiftKey: true };
        editor?.dispatchEvent(new KeyboardEvent('keydown', { ...keyboard, bubbles: true, cancelable: true }));
        return false;
      },
      cellCount - 1,
    );
    return cellCount - 1;
  }

  /** The text that the cell has put out so far. */
  outputOf(cell: number): Promise<string> {
    return this.page.evaluate((at) => {
      const cells = document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell');
      const outputs = [...(cells[at]?.querySelectorAll('.jp-OutputArea-output') ?? [])];
      return outputs
        .map((output) => output.textContent)
        .join('')
        .trim();
    }, cell);
  }

  /** Resolves with the output of a cell once the kernel has run it. */
  async finishedOutput(cell: number, timeoutMs = 60_000): Promise<string> {
    const finished = this.page.until(
      `cell ${cell + 1} to be finished`,
      (at) => {
        const cells = document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell');
        return /\[\d+\]/.test(cells[at]?.querySelector('.jp-InputPrompt')?.textContent ?? '');
      },
      cell,
      timeoutMs,
    );
    await finished.catch(async (error: Error) => {
      error.message += `\nThe server says of its kernels:\n${await this.#kernelsOfServer()}`;
      throw error;
    });
    return this.outputOf(cell);
  }

  /** Tells a kernel that never got a cell from a page that never got its output. */
  #kernelsOfServer(): Promise<string> {
    return this.page.evaluate(async () => {
      const answer = await fetch('/api/kernels');
      return `${answer.status} at ${new Date().toISOString()}: ${await answer.text()}`;
    });
  }

  /** Runs `code` in the last cell and resolves with what it put out. */
  async runCell(code: string): Promise<string> {
    return this.finishedOutput(await this.startCell(code));
  }
}
