import { type KeyboardKind, type Shortcut, shortcut } from './shortcut';
import { isAwake, type TabList } from './tab';

/**
 * Whether a shortcut also works while the page of a notebook has the keyboard. There the page gets every key first, and
 * an `everywhere` action only those that it leaves alone; keys that pages and terminals use without saying so, such as
 * Ctrl+K, are for `window` actions. A `system` one has its keys in every program.
 */
type Reach = 'system' | 'everywhere' | 'window';

/** What must be there for an action to make sense. */
type Need =
  | 'nothing'
  | 'anyTab'
  /** A tab is in front. */
  | 'tab'
  /** A tab is in front, and its page is loaded. */
  | 'page'
  | 'severalTabs'
  | 'closedTab'
  /** Lost connections are tried again by themselves. */
  | 'reconnecting'
  | 'pausedReconnecting'
  /** A machine's page, or a tab of one, is in front. */
  | 'machine'
  | 'idleMachine'
  | 'connectedMachine';

interface Action {
  readonly reach: Reach;
  readonly needs: Need;
  /** The first is the one that is shown; `Mod` is Command on a Mac, Control elsewhere. */
  readonly keys: readonly string[];
}

const action = (needs: Need, reach: Reach, ...keys: readonly string[]): Action => ({ needs, reach, keys });

/** What the window's page does; texts are `actions:<id>`. */
const ofWindow = {
  palette: action('nothing', 'everywhere', 'Mod+Shift+P'),
  goTo: action('nothing', 'window', 'Mod+E'),
  // None of its own: what it takes, it takes from all programs.
  summon: action('nothing', 'system'),
  connect: action('nothing', 'window', 'Mod+K'),
  newMachine: action('nothing', 'window', 'Mod+N'),
  newGroup: action('nothing', 'window'),
  openNotebook: action('machine', 'window'),
  connectMachine: action('idleMachine', 'window'),
  disconnectMachine: action('connectedMachine', 'window'),
  editMachine: action('machine', 'window'),
  duplicateMachine: action('machine', 'window'),
  diagnoseMachine: action('machine', 'window'),
  import: action('nothing', 'window'),
  export: action('nothing', 'window'),
  // A page that has its own search, as JupyterLab has, takes the key first.
  find: action('nothing', 'everywhere', 'Mod+F', 'Mod+Alt+F'),
  findNext: action('page', 'everywhere', 'Mod+G'),
  findPrevious: action('page', 'everywhere', 'Mod+Shift+G'),
  toggleSidebar: action('nothing', 'window'),
  showKeys: action('nothing', 'window'),
  showTrustedHosts: action('nothing', 'window'),
  showAws: action('nothing', 'window'),
  defaultSettings: action('nothing', 'window'),
  settings: action('nothing', 'window', 'Mod+,'),
  shortcuts: action('nothing', 'window'),
  diagnostics: action('nothing', 'window'),
} as const satisfies Readonly<Record<string, Action>>;

/** What the main process does. */
const ofMain = {
  machines: action('nothing', 'everywhere', 'Mod+Shift+H'),
  nextTab: action('anyTab', 'everywhere', 'Ctrl+Tab', 'Ctrl+PageDown'),
  previousTab: action('anyTab', 'everywhere', 'Ctrl+Shift+Tab', 'Ctrl+PageUp'),
  moveTabRight: action('severalTabs', 'everywhere', 'Ctrl+Shift+PageDown'),
  moveTabLeft: action('severalTabs', 'everywhere', 'Ctrl+Shift+PageUp'),
  closeTab: action('tab', 'everywhere', 'Mod+W'),
  reopenTab: action('closedTab', 'everywhere', 'Mod+Shift+T'),
  duplicateTab: action('tab', 'everywhere'),
  closeOtherTabs: action('severalTabs', 'everywhere'),
  openInBrowser: action('page', 'everywhere'),
  savePdf: action('page', 'everywhere'),
  print: action('page', 'everywhere', 'Mod+P'),
  reloadPage: action('page', 'everywhere', 'Mod+R'),
  zoomIn: action('nothing', 'everywhere', 'Mod+='),
  zoomOut: action('nothing', 'everywhere', 'Mod+-'),
  actualSize: action('nothing', 'everywhere', 'Mod+0'),
  pauseReconnecting: action('reconnecting', 'window'),
  resumeReconnecting: action('pausedReconnecting', 'window'),
  showLogs: action('nothing', 'everywhere'),
  quit: action('nothing', 'everywhere', 'Mod+Q'),
} as const satisfies Readonly<Record<string, Action>>;

export type WindowActionId = keyof typeof ofWindow;
export type MainActionId = keyof typeof ofMain;
export type ActionId = WindowActionId | MainActionId;

const actions: Readonly<Record<ActionId, Action>> = { ...ofWindow, ...ofMain };

export const windowActionIds = Object.keys(ofWindow) as [WindowActionId, ...WindowActionId[]];
export const mainActionIds = Object.keys(ofMain) as [MainActionId, ...MainActionId[]];
export const actionIds: readonly ActionId[] = [...windowActionIds, ...mainActionIds];

export const isMainAction = (id: ActionId): id is MainActionId => id in ofMain;
export const reachOf = (id: ActionId): Reach => actions[id].reach;

/** What is in front of the user, as far as actions depend on it. */
export interface ActionFacts {
  readonly frontTab: 'none' | 'asleep' | 'awake';
  readonly tabCount: number;
  readonly canReopen: boolean;
  /** Reconnecting is paused. */
  readonly isPaused: boolean;
  /** Of the machine in front. */
  readonly machine: 'none' | 'idle' | 'connected';
}

/** As far as actions depend on tabs. */
export type TabFacts = Pick<ActionFacts, 'frontTab' | 'tabCount' | 'canReopen'>;

export function tabFacts({ tabs, activeTabId, canReopen }: TabList): TabFacts {
  const front = tabs.find(({ id }) => id === activeTabId);
  const frontTab = front === undefined ? 'none' : isAwake(front) ? 'awake' : 'asleep';
  return { frontTab, tabCount: tabs.length, canReopen };
}

/** Whether an action would do something now. */
export function isAvailable(id: ActionId, facts: ActionFacts): boolean {
  const { frontTab, tabCount, canReopen, isPaused, machine } = facts;
  switch (actions[id].needs) {
    case 'nothing':
      return true;
    case 'anyTab':
      return tabCount > 0;
    case 'tab':
      return frontTab !== 'none';
    case 'page':
      return frontTab === 'awake';
    case 'severalTabs':
      return tabCount > 1 && frontTab !== 'none';
    case 'closedTab':
      return canReopen;
    case 'reconnecting':
      return !isPaused;
    case 'pausedReconnecting':
      return isPaused;
    case 'machine':
      return machine !== 'none';
    case 'idleMachine':
      return machine === 'idle';
    case 'connectedMachine':
      return machine === 'connected';
  }
}

/** What the user has set: one shortcut, or null for none. An id that is not there has its usual ones. */
export type CustomShortcuts = Readonly<Record<string, Shortcut | null>>;

export function usualShortcuts(id: ActionId, keyboard: KeyboardKind): readonly Shortcut[] {
  return actions[id].keys.map((keys) => shortcut(keys, keyboard));
}

/** The shortcuts of an action, the one to show first; one that another action was given is no longer its own. */
export function shortcutsOf(
  id: ActionId,
  custom: CustomShortcuts,
  keyboard: KeyboardKind,
): readonly Shortcut[] {
  const own = custom[id];
  if (own !== undefined) return own === null ? [] : [own];
  const taken = new Set(actionIds.map((other) => custom[other]));
  return usualShortcuts(id, keyboard).filter((usual) => !taken.has(usual));
}

/** The action that a shortcut stands for now, if any. */
export function actionOfShortcut(
  pressed: Shortcut,
  custom: CustomShortcuts,
  keyboard: KeyboardKind,
): ActionId | null {
  return actionIds.find((id) => shortcutsOf(id, custom, keyboard).includes(pressed)) ?? null;
}

/** Undo, clipboard, windows and the system: what programs must not take for themselves. */
const reserved: Readonly<Record<KeyboardKind, readonly string[]>> = {
  mac: [
    ...['Meta+A', 'Meta+C', 'Meta+V', 'Meta+X', 'Meta+Z', 'Shift+Meta+Z', 'Meta+H', 'Alt+Meta+H', 'Meta+M'],
    ...[
      'Meta+Tab',
      'Meta+Space',
      'Ctrl+Meta+F',
      'Alt+Meta+I',
      'Shift+Meta+3',
      'Shift+Meta+4',
      'Shift+Meta+5',
    ],
  ],
  other: [
    ...['Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+Y', 'Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+Insert'],
    ...['Alt+F4', 'Alt+Tab', 'Ctrl+Alt+Delete', 'F10', 'F11', 'Ctrl+M', 'Ctrl+Shift+I'],
  ],
};

/** Why an action can't just be given a shortcut. */
export type ShortcutConflict =
  | { readonly kind: 'none' }
  /** It belongs to the system or to editing text; it can't be taken. */
  | { readonly kind: 'reserved' }
  /** It would be taken from another action. */
  | { readonly kind: 'action'; readonly id: ActionId };

export function conflictOf(
  id: ActionId,
  wanted: Shortcut,
  custom: CustomShortcuts,
  keyboard: KeyboardKind,
): ShortcutConflict {
  if (reserved[keyboard].includes(wanted)) return { kind: 'reserved' };
  const other = actionOfShortcut(wanted, custom, keyboard);
  return other === null || other === id ? { kind: 'none' } : { kind: 'action', id: other };
}

/** What is set once an action has a shortcut, which no other one has then. */
export function withShortcut(
  id: ActionId,
  wanted: Shortcut | null,
  custom: CustomShortcuts,
  keyboard: KeyboardKind,
): CustomShortcuts {
  const given = { ...custom, [id]: wanted };
  const others = actionIds.filter((other) => other !== id && wanted !== null && custom[other] === wanted);
  for (const other of others) given[other] = null;
  const [usual] = usualShortcuts(id, keyboard);
  // What is set to the usual is not set.
  if (wanted !== null && wanted === usual) delete given[id];
  return given;
}

/** What is set once an action has its usual shortcuts again; another action that was given one of them keeps it. */
export function withUsualShortcut(id: ActionId, custom: CustomShortcuts): CustomShortcuts {
  return Object.fromEntries(Object.entries(custom).filter(([other]) => other !== id));
}
