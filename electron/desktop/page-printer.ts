import { writeFile } from 'node:fs/promises';
import type { WebContents } from 'electron';
import { AppError } from '../../shared/errors/app-error';
import type { NoticeBoard } from './notice-board';

interface PagePrinterDependencies {
  /** Asks where a file goes; null when the user cancels. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  readonly notices: NoticeBoard;
}

/** Characters that file systems, or people, would trip over. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a title may have them, a file name may not.
const notInNames = /[\u0000-\u001f<>:"/\\|?*]+/g;

/** Puts pages on paper, or into PDF files. */
export class PagePrinter {
  constructor(private readonly deps: PagePrinterDependencies) {}

  /** Shows the system's dialog for printing; where there is no printer, the user is told of the other way. */
  async print(page: Pick<WebContents, 'getPrintersAsync' | 'print'>): Promise<void> {
    if ((await page.getPrintersAsync()).length === 0) this.deps.notices.post('warning', 'no-printer');
    else page.print({ printBackground: true });
  }

  /** Saves the whole page where the user says. @throws report-not-saved */
  async saveAsPdf(page: Pick<WebContents, 'getTitle' | 'printToPDF'>): Promise<void> {
    const title = page.getTitle().replace(notInNames, ' ').trim() || 'page';
    const path = await this.deps.askWhere(`${title}.pdf`);
    if (path === null) return;
    try {
      await writeFile(path, await page.printToPDF({ printBackground: true }));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'PDF';
      throw new AppError('report-not-saved', { path, reason }, { cause: error });
    }
    this.deps.notices.post('info', 'pdf-saved', { path });
  }
}
