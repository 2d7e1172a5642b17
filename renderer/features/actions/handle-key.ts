import { actionOfShortcut, isAvailable } from '../../../shared/model/action';
import { keyboardOf, shortcutOfPress } from '../../../shared/model/shortcut';
import { appInfoStore } from '../../stores/app-info-store';
import { settingsStore } from '../../stores/settings-store';
import { frontFacts } from './front-facts';
import { runAction } from './run-action';

/**
 * Does what a shortcut stands for while the focus is in the window itself; a focused notebook page has its own keys,
 * and what it leaves of them goes to the menu.
 */
export function handleKey(event: KeyboardEvent): void {
  const isDialogOpen = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  if (event.defaultPrevented || isDialogOpen) return;
  const pressed = shortcutOfPress(event);
  if (pressed === null) return;
  const { shortcuts } = settingsStore.getState().settings;
  const id = actionOfShortcut(pressed, shortcuts, keyboardHere());
  if (id === null || !isAvailable(id, frontFacts())) return;
  // Else the menu would do it once more.
  event.preventDefault();
  runAction(id);
}

/** How keys are named on this computer. */
export const keyboardHere = () => keyboardOf(appInfoStore.getState()?.platform ?? '');
