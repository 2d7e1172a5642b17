import type { ErrorReport } from '../../../../shared/errors/app-error';
import {
  type FoundNodeFiles,
  isNotebookPath,
  mostNodeFiles,
  type NodeFile,
  type NodeFilesState,
  type NotCopied,
} from '../../../../shared/model/emr-node-files';

/** What stands in `NodeFilesState`; while files are copied, what was found is kept for afterwards. */
export type NodeFilesWork =
  | Exclude<NodeFilesState, { kind: 'copying' }>
  | (Extract<NodeFilesState, { kind: 'copying' }> & { readonly found: FoundNodeFiles });

export interface NodeFilesSeen {
  readonly files: readonly NodeFile[];
  readonly unread: readonly string[];
}

export type NodeFilesEvent =
  | { readonly kind: 'lookStarted' }
  | ({ readonly kind: 'looked' } & NodeFilesSeen)
  | { readonly kind: 'lookFailed'; readonly error: ErrorReport }
  | {
      readonly kind: 'copyStarted';
      readonly folder: string;
      readonly allFiles: number;
      readonly allBytes: number;
    }
  | { readonly kind: 'progressed'; readonly doneFiles: number; readonly doneBytes: number }
  /** `copied`: those of this try; with `missing` empty and fewer than were asked for it was broken off. */
  | {
      readonly kind: 'copyEnded';
      readonly copied: readonly string[];
      readonly missing: readonly NotCopied[];
    }
  | { readonly kind: 'left' };

/** The next state; an event that comes too late for its state changes nothing. */
export function nodeFilesTransition(state: NodeFilesWork, event: NodeFilesEvent): NodeFilesWork {
  switch (event.kind) {
    case 'lookStarted':
      return state.kind === 'copying' ? state : { kind: 'looking' };
    case 'looked':
      return state.kind === 'looking' ? foundOf(event) : state;
    case 'lookFailed':
      return state.kind === 'looking' ? { kind: 'failed', error: event.error } : state;
    case 'copyStarted': {
      if (state.kind !== 'found') return state;
      const { folder, allFiles, allBytes } = event;
      return { kind: 'copying', folder, allFiles, allBytes, doneFiles: 0, doneBytes: 0, found: state };
    }
    case 'progressed': {
      const { doneFiles, doneBytes } = event;
      return state.kind === 'copying' ? { ...state, doneFiles, doneBytes } : state;
    }
    case 'copyEnded':
      if (state.kind !== 'copying') return state;
      return {
        ...state.found,
        folder: state.folder,
        copied: [...state.found.copied, ...event.copied],
        missing: event.missing,
      };
    case 'left':
      return { kind: 'idle' };
  }
}

/** What others see of it. */
export function shownNodeFiles(state: NodeFilesWork): NodeFilesState {
  if (state.kind !== 'copying') return state;
  const { found: _, ...shown } = state;
  return shown;
}

function foundOf({ files, unread }: NodeFilesSeen): FoundNodeFiles {
  const byWorth = (a: NodeFile, b: NodeFile) =>
    Number(isNotebookPath(b.path)) - Number(isNotebookPath(a.path)) ||
    b.modifiedAtMs - a.modifiedAtMs ||
    (a.path < b.path ? -1 : 1);
  return {
    kind: 'found',
    files: files.toSorted(byWorth).slice(0, mostNodeFiles),
    unread: unread.toSorted(),
    isCut: files.length > mostNodeFiles,
    ...{ folder: null, copied: [], missing: [] },
  };
}
