import { expect, it } from 'vitest';
import { usableBounds } from '../../../electron/desktop/window-state';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: -200, width: 1280, height: 1024 };
const usual = { width: 1280, height: 820 };

it('has the usual size where it was never placed', () => {
  expect(usableBounds(null, [display])).toEqual(usual);
});

it.each([
  ['on the first display', { x: 100, y: 50, width: 1000, height: 700 }, [display]],
  ['on the second display', { x: 2000, y: -150, width: 1000, height: 700 }, [display, second]],
  ['with a corner on the display', { x: 1800, y: 1000, width: 1000, height: 700 }, [display]],
])('comes back where it was: %s', (_where, bounds, displays) => {
  expect(usableBounds(bounds, displays)).toEqual(bounds);
});

it.each([
  ['its display is gone', { x: 2000, y: -150, width: 1000, height: 700 }],
  ['its title bar is above the display', { x: 0, y: -60, width: 1000, height: 700 }],
  ['its title bar is below the display', { x: 0, y: 1070, width: 1000, height: 700 }],
  ['only a sliver of it would be seen', { x: -980, y: 50, width: 1000, height: 700 }],
])('is placed anew when %s', (_why, bounds) => {
  expect(usableBounds(bounds, [display])).toEqual(usual);
});

it('is never too small to use', () => {
  expect(usableBounds({ x: 10, y: 10, width: 200, height: 20 }, [display])).toEqual({
    x: 10,
    y: 10,
    width: 720,
    height: 480,
  });
});
