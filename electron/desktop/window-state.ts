import { z } from 'zod';

/** Where the window was, in device-independent pixels. */
export const WindowState = z.strictObject({
  /** Null: never placed; the system chooses. */
  bounds: z
    .strictObject({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int(),
      height: z.number().int(),
    })
    .nullable(),
  isMaximized: z.boolean(),
});
export type WindowState = Readonly<z.infer<typeof WindowState>>;

export const windowStateVersion = 1;
export const unplacedWindow: WindowState = { bounds: null, isMaximized: false };

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const smallest = { width: 720, height: 480 };
const usual = { width: 1280, height: 820 };
const grabbableWidth = 100;
const titleBarHeight = 40;

export const smallestWindow = smallest;

/** The saved bounds if their title bar can still be grabbed on a display; else the usual size, placed by the system. */
export function usableBounds(
  saved: WindowState['bounds'],
  displays: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  if (saved === null) return usual;
  const canBeGrabbed = displays.some(
    (display) =>
      saved.x + saved.width >= display.x + grabbableWidth &&
      saved.x <= display.x + display.width - grabbableWidth &&
      saved.y >= display.y &&
      saved.y <= display.y + display.height - titleBarHeight,
  );
  if (!canBeGrabbed) return usual;
  return {
    ...saved,
    width: Math.max(saved.width, smallest.width),
    height: Math.max(saved.height, smallest.height),
  };
}
