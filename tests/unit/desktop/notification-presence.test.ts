import { expect, test } from 'vitest';
import { showsNotifications } from '../../../electron/desktop/notification-presence';

const missing = Object.assign(new Error('no such program'), { code: 'ENOENT' });

test('Windows and macOS are not asked', async () => {
  const run = () => Promise.reject(new Error('asked'));
  expect(await showsNotifications('win32', run)).toBe(true);
  expect(await showsNotifications('darwin', run)).toBe(true);
});

test('on Linux a daemon that answers is there, and one that does not is not', async () => {
  expect(await showsNotifications('linux', async () => 'string "dunst"')).toBe(true);
  expect(await showsNotifications('linux', () => Promise.reject(new Error('no reply')))).toBe(false);
});

test('the other program is asked where the first is missing', async () => {
  const asked: string[] = [];
  const run = async (program: string) => {
    asked.push(program);
    if (program === 'dbus-send') throw missing;
    return '';
  };
  expect(await showsNotifications('linux', run)).toBe(true);
  expect(asked).toEqual(['dbus-send', 'gdbus']);
  expect(await showsNotifications('linux', () => Promise.reject(missing))).toBe(false);
});
