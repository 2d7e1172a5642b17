import { Menu, type MenuItemConstructorOptions } from 'electron';
import {
  type ActionId,
  actionIds,
  type CustomShortcuts,
  isAvailable,
  reachOf,
  shortcutsOf,
  type TabFacts,
} from '../../shared/model/action';
import { keyboardOf } from '../../shared/model/shortcut';
import type { TextOf } from './texts';

interface AppMenuDependencies {
  readonly platform: NodeJS.Platform;
  readonly textOf: TextOf;
  readonly shortcuts: CustomShortcuts;
  readonly run: (id: ActionId) => void;
}

const separator = { type: 'separator' } as const;
type Entry = ActionId | MenuItemConstructorOptions;

/**
 * The window's menu as the platform has it and, with it, the keyboard shortcuts, as far as they also work while a
 * notebook has the focus; the others the window's page handles. Quit is always here, because not every desktop shows
 * a tray.
 */
export function setAppMenu({ platform, textOf, shortcuts, run }: AppMenuDependencies): void {
  const isMac = platform === 'darwin';
  const itemsOf = (entry: Entry): readonly MenuItemConstructorOptions[] =>
    typeof entry === 'string' ? actionItems(entry) : [entry];

  /** More than one shortcut needs as many items, of which one is seen. */
  function actionItems(id: ActionId): readonly MenuItemConstructorOptions[] {
    const click = () => run(id);
    const label = textOf(`actions:action.${id}`);
    const [first, ...others] = shortcutsOf(id, shortcuts, keyboardOf(platform));
    const registerAccelerator = reachOf(id) === 'everywhere';
    const hidden = registerAccelerator ? others : [];
    return [
      { id, label, click, registerAccelerator, ...(first && { accelerator: first }) },
      ...hidden.map((accelerator) => ({ label, click, accelerator, visible: false })),
    ];
  }

  const menu = (label: string, ...entries: readonly Entry[]): MenuItemConstructorOptions => ({
    label,
    submenu: entries.flatMap(itemsOf),
  });
  const ofMac = menu(
    'Nuvem',
    { role: 'about' },
    separator,
    'settings',
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    'quit',
  );
  const ofOthers: readonly Entry[] = [separator, 'settings', separator, 'quit'];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [ofMac] : []),
    menu(
      textOf('menu.file'),
      'connect',
      'newMachine',
      separator,
      'import',
      'export',
      separator,
      'reopenTab',
      'duplicateTab',
      'closeOtherTabs',
      'closeTab',
      separator,
      'openInBrowser',
      'savePdf',
      'print',
      ...(isMac ? [] : ofOthers),
    ),
    menu(
      textOf('menu.edit'),
      { label: textOf('menu.undo'), role: 'undo' },
      { label: textOf('menu.redo'), role: 'redo' },
      separator,
      { label: textOf('menu.cut'), role: 'cut' },
      { label: textOf('menu.copy'), role: 'copy' },
      { label: textOf('menu.paste'), role: 'paste' },
      { label: textOf('menu.selectAll'), role: 'selectAll' },
      separator,
      'find',
      'findNext',
      'findPrevious',
    ),
    menu(
      textOf('menu.view'),
      'palette',
      'goTo',
      separator,
      'machines',
      'nextTab',
      'previousTab',
      'moveTabRight',
      'moveTabLeft',
      separator,
      'reloadPage',
      'zoomIn',
      'zoomOut',
      'actualSize',
      separator,
      { label: textOf('menu.fullScreen'), role: 'togglefullscreen' },
    ),
    {
      ...menu(
        textOf('menu.window'),
        { label: textOf('menu.minimize'), role: 'minimize' },
        ...(isMac ? [{ role: 'zoom' } as const, separator, { role: 'front' } as const] : []),
      ),
      ...(isMac ? { role: 'window' as const } : {}),
    },
    {
      ...menu(textOf('menu.help'), 'shortcuts', 'diagnostics', 'showLogs', {
        label: textOf('menu.developerTools'),
        role: 'toggleDevTools',
      }),
      role: 'help',
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Greys out what would do nothing now for its tab, or the lack of one; nothing of the menu depends on anything else. */
export function showAvailable(facts: TabFacts): void {
  const menu = Menu.getApplicationMenu();
  for (const id of actionIds) {
    const item = menu?.getMenuItemById(id);
    if (item) item.enabled = isAvailable(id, { ...facts, isPaused: false, machine: 'none' });
  }
}
