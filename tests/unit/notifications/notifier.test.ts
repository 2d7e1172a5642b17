import { beforeEach, expect, test } from 'vitest';
import { type AppNotification, Notifier, type ShowNative } from '../../../electron/notifications/notifier';
import { gpuMachine } from '../../support/samples';

type Shown = { readonly title: string; readonly on: Parameters<ShowNative>[1]; isThere: boolean };

let shown: Shown[];
let inWindow: string[];
let opened: string[];
let isShown: boolean;
let notifier: Notifier;

const notification = (title: string, about = 'kernel 1'): AppNotification => ({
  ...{ about, title, body: '', machineId: gpuMachine.id, serverId: null, path: null },
});

beforeEach(() => {
  shown = [];
  inWindow = [];
  opened = [];
  isShown = true;
  notifier = new Notifier({
    isShown: async () => isShown,
    showNative: ({ title }, on) => {
      const one: Shown = { title, on, isThere: true };
      shown.push(one);
      return () => {
        one.isThere = false;
      };
    },
    showInWindow: ({ title }) => inWindow.push(title),
    open: ({ title }) => opened.push(title),
  });
});

const there = () => shown.filter(({ isThere }) => isThere).map(({ title }) => title);

test('a notification is shown by the system, and a click opens what it tells of', async () => {
  await notifier.tell(notification('finished'));
  expect(there()).toEqual(['finished']);
  shown[0]?.on.clicked();
  expect(opened).toEqual(['finished']);
  expect(inWindow).toEqual([]);
});

test('a later one about the same takes the place of the earlier', async () => {
  await notifier.tell(notification('one'));
  await notifier.tell(notification('other', 'kernel 2'));
  await notifier.tell(notification('two'));
  expect(there()).toEqual(['other', 'two']);
  shown[0]?.on.closed();
  notifier.clear();
  expect(there()).toEqual([]);
});

test('where nobody shows it, or the system fails to, the window does', async () => {
  isShown = false;
  await notifier.tell(notification('nobody'));
  isShown = true;
  await notifier.tell(notification('failed'));
  shown[0]?.on.failed();
  expect(inWindow).toEqual(['nobody', 'failed']);
});
