import { Menu, Tray } from 'electron';
import type { TextOf } from './texts';
import { trayIcon } from './tray-icon';
import { type TrayActions, type TrayModel, trayMenu, trayTooltip } from './tray-menu';

interface AppTrayDependencies {
  readonly model: () => TrayModel;
  readonly actions: TrayActions;
  readonly textOf: TextOf;
}

/** The tray icon and its menu. */
export class AppTray {
  readonly #tray = new Tray(trayIcon());
  #isStale = false;

  constructor(private readonly deps: AppTrayDependencies) {
    this.#tray.on('click', () => deps.actions.show());
    this.#build();
  }

  /** What it shows has changed. Many changes at once make one new menu: a menu that is open closes when replaced. */
  refresh(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    setImmediate(() => {
      this.#isStale = false;
      if (!this.#tray.isDestroyed()) this.#build();
    });
  }

  #build(): void {
    const model = this.deps.model();
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(model, this.deps.actions, this.deps.textOf)));
    this.#tray.setToolTip(trayTooltip(model, this.deps.textOf));
  }
}
