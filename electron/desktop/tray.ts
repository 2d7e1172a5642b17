import { Menu, Tray } from 'electron';
import type { TextOf } from './texts';
import { trayIcon } from './tray-icon';
import { type TrayActions, type TrayModel, trayMenu } from './tray-menu';
import { type TrayMark, trayMark, trayTooltip } from './tray-summary';

interface AppTrayDependencies {
  readonly model: () => TrayModel;
  readonly actions: TrayActions;
  readonly textOf: TextOf;
}

/** The tray icon and its menu. */
export class AppTray {
  #mark: TrayMark = 'none';
  readonly #tray = new Tray(trayIcon(this.#mark));
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

  /** Costs grow; the menu, which may be open, stays. */
  refreshTooltip(): void {
    const { model, textOf } = this.deps;
    if (!this.#tray.isDestroyed()) this.#tray.setToolTip(trayTooltip(model(), textOf));
  }

  #build(): void {
    const { actions, textOf } = this.deps;
    const model = this.deps.model();
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(model, actions, textOf)));
    this.#tray.setToolTip(trayTooltip(model, textOf));
    const mark = trayMark(model);
    if (mark !== this.#mark) this.#tray.setImage(trayIcon(mark));
    this.#mark = mark;
  }
}
