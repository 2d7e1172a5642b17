/**
 * The INI-like text of MobaXterm's `.mxtsessions` and `MobaXterm.ini`: sections of bookmarks, each with the folder
 * they are in. General INI readers don't fit: they take `;`, `#` and quotes in values for their own.
 */
export interface Bookmark {
  readonly name: string;
  readonly value: string;
  /** Names of the folders it is in, the outermost first. */
  readonly folder: readonly string[];
  /** From 1. */
  readonly line: number;
}

export const isBookmarksFile = (text: string): boolean => /^\[Bookmarks(_\d+)?\][ \t]*$/m.test(text);

/** All bookmarks, in order. Sections of other things are passed over. */
export function readBookmarks(text: string): readonly Bookmark[] {
  const bookmarks: Bookmark[] = [];
  let folder: readonly string[] | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) folder = /^Bookmarks(_\d+)?$/i.test(section) ? [] : null;
    const equals = line.indexOf('=');
    if (section !== undefined || folder === null || equals < 1) continue;
    const name = line.slice(0, equals).trim();
    const value = line.slice(equals + 1).trim();
    if (name === 'SubRep') folder = value.split('\\').filter((part) => part.trim() !== '');
    else if (name !== 'ImgNum' && name !== '') bookmarks.push({ name, value, folder, line: index + 1 });
  }
  return bookmarks;
}
