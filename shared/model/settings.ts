import { z } from 'zod';
import { Shortcut } from './shortcut';

export const Settings = z.strictObject({
  language: z.enum(['system', 'en', 'pt-BR']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Closing the window keeps Nuvem and its connections running in the tray. */
  closesToTray: z.boolean(),
  /** Tabs that were open when Nuvem ended are there again, asleep, at the next start. */
  restoresTabs: z.boolean(),
  /** The system starts Nuvem when the user logs in. */
  startsAtLogin: z.boolean(),
  /** Then without its window, in the tray. */
  startsHidden: z.boolean(),
  /** The end of a cell that ran at least this long is told by a notification; null: of none. */
  longRunSeconds: z.number().int().min(1).max(86_400).nullable(),
  /** Nuvem looks for new versions of itself unasked. */
  checksForUpdates: z.boolean(),
  /** By the id of an action: the shortcut that the user gave it, or null for none. */
  shortcuts: z.record(z.string().max(50), Shortcut.nullable()).readonly(),
});
export type Settings = Readonly<z.infer<typeof Settings>>;

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  closesToTray: true,
  restoresTabs: true,
  startsAtLogin: false,
  startsHidden: false,
  longRunSeconds: 60,
  checksForUpdates: true,
  shortcuts: {},
};

export const SettingsSnapshot = z.strictObject({
  revision: z.number().int(),
  settings: Settings,
  /** The language in force after `system` was resolved. */
  language: z.enum(['en', 'pt-BR']),
  /** The system does not let Nuvem have the shortcut that is set for every program. */
  isGlobalShortcutRefused: z.boolean(),
});
export type SettingsSnapshot = Readonly<z.infer<typeof SettingsSnapshot>>;
