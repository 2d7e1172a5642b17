import { isAwake } from '../../shared/model/tab';
import { nuvem } from '../api/nuvem';
import { focusConnectBox } from './connect-box-focus';
import { openFind, stepFind } from './find-store';
import { tabsStore } from './tabs-store';
import { openExport, openImport, viewStore } from './view-store';

/** Starts doing what the user chooses of the window's menu; a dialog that is open already stays. */
export function followMenu(): void {
  nuvem.app.menuChosen((choice) => {
    if (viewStore.getState().dialog.kind !== 'none') return;
    switch (choice) {
      case 'connect':
        return focusConnectBox();
      case 'import':
        return openImport();
      case 'export':
        return openExport();
      case 'find':
      case 'findNext':
      case 'findPrevious': {
        const { tabs, activeTabId } = tabsStore.getState();
        const tab = tabs.find(({ id }) => id === activeTabId);
        if (tab === undefined || !isAwake(tab)) return;
        return choice === 'find' ? openFind(tab.id) : stepFind(tab.id, choice === 'findNext');
      }
    }
  });
}
