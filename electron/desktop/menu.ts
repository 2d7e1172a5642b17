import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { TextOf } from './texts';

export interface MenuActions {
  readonly quit: () => void;
  readonly closeTab: () => void;
  /** Brings the window's box for connecting to the front. */
  readonly connectTo: () => void;
  readonly importMachines: () => void;
  readonly exportMachines: () => void;
  readonly showMachines: () => void;
  /** Brings the tab that many places to the right to the front. */
  readonly goToNeighbourTab: (steps: number) => void;
  /** Moves the tab in front that many places to the right. */
  readonly moveTab: (steps: number) => void;
  readonly reopenTab: () => void;
  readonly duplicateTab: () => void;
  readonly closeOtherTabs: () => void;
  readonly reloadPage: () => void;
  /** Zooms the page in front by so many levels; 0 resets. */
  readonly zoom: (levels: number) => void;
  /** Opens the bar for finding text in the page in front, or goes on from match to match. */
  readonly find: (choice: 'find' | 'findNext' | 'findPrevious') => void;
  /** Shows the page in front in the system's browser. */
  readonly openInBrowser: () => void;
  readonly printPage: () => void;
  readonly savePagePdf: () => void;
  readonly showLogs: () => void;
}

/**
 * The window's menu and, with it, the keyboard shortcuts; they also work while a notebook has the focus. Quit is
 * always here, because not every desktop shows a tray.
 */
export function setAppMenu(platform: NodeJS.Platform, actions: MenuActions, textOf: TextOf): void {
  const isMac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const quit: MenuItemConstructorOptions = {
    label: textOf('menu.quit'),
    accelerator: 'CmdOrCtrl+Q',
    click: actions.quit,
  };
  const closeTab: MenuItemConstructorOptions = {
    label: textOf('menu.closeTab'),
    accelerator: 'CmdOrCtrl+W',
    click: actions.closeTab,
  };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac
      ? [
          {
            role: 'appMenu',
            submenu: [
              { role: 'about' },
              separator,
              { role: 'services' },
              separator,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              separator,
              quit,
            ],
          } satisfies MenuItemConstructorOptions,
        ]
      : []),
    {
      label: textOf('menu.file'),
      submenu: [
        {
          label: textOf('menu.connectTo'),
          accelerator: 'CmdOrCtrl+K',
          // The window's page handles it: in notebooks and terminals the key has its own meaning.
          registerAccelerator: false,
          click: actions.connectTo,
        },
        separator,
        { label: textOf('menu.import'), click: actions.importMachines },
        { label: textOf('menu.export'), click: actions.exportMachines },
        separator,
        {
          label: textOf('menu.reopenTab'),
          accelerator: 'CmdOrCtrl+Shift+T',
          click: actions.reopenTab,
        },
        { label: textOf('menu.duplicateTab'), click: actions.duplicateTab },
        { label: textOf('menu.closeOtherTabs'), click: actions.closeOtherTabs },
        closeTab,
        separator,
        { label: textOf('menu.openInBrowser'), click: actions.openInBrowser },
        { label: textOf('menu.savePdf'), click: actions.savePagePdf },
        { label: textOf('menu.print'), accelerator: 'CmdOrCtrl+P', click: actions.printPage },
        ...(isMac ? [] : [separator, quit]),
      ],
    },
    {
      label: textOf('menu.edit'),
      submenu: [
        { label: textOf('menu.undo'), role: 'undo' },
        { label: textOf('menu.redo'), role: 'redo' },
        separator,
        { label: textOf('menu.cut'), role: 'cut' },
        { label: textOf('menu.copy'), role: 'copy' },
        { label: textOf('menu.paste'), role: 'paste' },
        { label: textOf('menu.selectAll'), role: 'selectAll' },
        separator,
        // A page that has its own search, as JupyterLab has, takes the key before the menu does.
        { label: textOf('menu.find'), accelerator: 'CmdOrCtrl+F', click: () => actions.find('find') },
        {
          label: textOf('menu.find'),
          accelerator: 'CmdOrCtrl+Alt+F',
          visible: false,
          click: () => actions.find('find'),
        },
        {
          label: textOf('menu.findNext'),
          accelerator: 'CmdOrCtrl+G',
          click: () => actions.find('findNext'),
        },
        {
          label: textOf('menu.findPrevious'),
          accelerator: 'CmdOrCtrl+Shift+G',
          click: () => actions.find('findPrevious'),
        },
      ],
    },
    {
      label: textOf('menu.view'),
      submenu: [
        { label: textOf('menu.machines'), accelerator: 'CmdOrCtrl+Shift+H', click: actions.showMachines },
        { label: textOf('menu.nextTab'), accelerator: 'Ctrl+Tab', click: () => actions.goToNeighbourTab(1) },
        {
          label: textOf('menu.previousTab'),
          accelerator: 'Ctrl+Shift+Tab',
          click: () => actions.goToNeighbourTab(-1),
        },
        ...[
          { accelerator: 'Ctrl+PageDown', steps: 1 },
          { accelerator: 'Ctrl+PageUp', steps: -1 },
        ].map(({ accelerator, steps }) => ({
          label: textOf(steps === 1 ? 'menu.nextTab' : 'menu.previousTab'),
          accelerator,
          visible: false,
          click: () => actions.goToNeighbourTab(steps),
        })),
        {
          label: textOf('menu.moveTabRight'),
          accelerator: 'Ctrl+Shift+PageDown',
          click: () => actions.moveTab(1),
        },
        {
          label: textOf('menu.moveTabLeft'),
          accelerator: 'Ctrl+Shift+PageUp',
          click: () => actions.moveTab(-1),
        },
        separator,
        { label: textOf('menu.reloadPage'), accelerator: 'CmdOrCtrl+R', click: actions.reloadPage },
        { label: textOf('menu.zoomIn'), accelerator: 'CmdOrCtrl+=', click: () => actions.zoom(1) },
        { label: textOf('menu.zoomOut'), accelerator: 'CmdOrCtrl+-', click: () => actions.zoom(-1) },
        { label: textOf('menu.actualSize'), accelerator: 'CmdOrCtrl+0', click: () => actions.zoom(0) },
        separator,
        { label: textOf('menu.fullScreen'), role: 'togglefullscreen' },
      ],
    },
    { label: textOf('menu.window'), submenu: [{ label: textOf('menu.minimize'), role: 'minimize' }] },
    {
      label: textOf('menu.help'),
      role: 'help',
      submenu: [
        { label: textOf('menu.showLogs'), click: actions.showLogs },
        { label: textOf('menu.developerTools'), role: 'toggleDevTools' },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
