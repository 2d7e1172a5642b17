import { completePlan } from '../complete-plan';
import type { FileSource } from '../import-sources';
import { isBookmarksFile, readBookmarks } from './bookmarks-file';
import { readMobaXtermSessions } from './mobaxterm-session';

/** Sessions that MobaXterm exported, or its own settings file. */
export const mobaXtermFile = (localUser: string): FileSource => ({
  recognises: isBookmarksFile,
  read: (text, path) => {
    const { candidates, remarks } = readMobaXtermSessions(readBookmarks(text), localUser);
    return completePlan({ kind: 'mobaXterm', location: path }, candidates, remarks);
  },
});
