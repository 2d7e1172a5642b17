import type { Shortcut } from '../../../shared/model/shortcut';
import type { MatchRanges } from '../machine-tree/machine-search';

/** In the order in which they stand where they match alike. */
export const entryKinds = ['server', 'machine', 'tab', 'notebook', 'tunnel', 'action', 'setting'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Something that the palette offers. */
export interface PaletteEntry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly title: string;
  /** Tells it from others of that title; may be empty. */
  readonly detail: string;
  /** By which it is also found: its title in the other language. */
  readonly otherTitle?: string;
  readonly shortcut?: Shortcut;
  readonly run: () => void;
  /** With Control or Command held. */
  readonly runOther?: () => void;
}

export interface FoundEntry {
  readonly entry: PaletteEntry;
  /** Where the title matches. */
  readonly ranges: MatchRanges;
}
