import type { LabApp } from './app';

/** Chooses an entry of the window's menu, which tests can't reach, by its text. */
export function chooseMenu(app: LabApp, label: string): Promise<void> {
  return app.electron.evaluate(({ Menu }, name) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
    const item = items.find((candidate) => candidate.label === name);
    if (item === undefined) throw new Error(`The menu has no ${name}`);
    item.click();
  }, label);
}
