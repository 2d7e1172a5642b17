import { Notification } from 'electron';
import type { ShowNative } from '../notifications/notifier';

/** Kept, because one that nobody holds is collected and then answers no click. */
const held = new Set<Notification>();

/** False: Electron lacks what it takes, on Linux the library libnotify, and would show nothing. */
export const canShowNative = (): boolean => Notification.isSupported();

/** Shows a notification of the system by Electron. */
export const showNativeNotification: ShowNative = ({ title, body, keepText }, on) => {
  // Where the system has no buttons (all but macOS), a click says the same.
  const actions = keepText === undefined ? [] : [{ type: 'button' as const, text: keepText }];
  const notification = new Notification({ title, body, actions });
  notification.once('action', () => on.clicked());
  held.add(notification);
  notification.once('click', () => on.clicked());
  notification.once('close', () => {
    held.delete(notification);
    on.closed();
  });
  notification.once('failed', () => {
    held.delete(notification);
    on.failed();
  });
  notification.show();
  return () => {
    held.delete(notification);
    notification.close();
  };
};
