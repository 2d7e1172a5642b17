import { viewStore } from './view-store';

/** Of the input in which machines are searched and servers connected to. */
export const connectBoxId = 'connect-box';

/** Puts the keyboard into the box, with what is in it ready to be typed over. */
export function focusConnectBox(): void {
  viewStore.setState({ isSidebarHidden: false });
  // Once a hidden sidebar is there.
  requestAnimationFrame(() => {
    const box = document.getElementById(connectBoxId);
    if (!(box instanceof HTMLInputElement)) return;
    box.focus();
    box.select();
  });
}
