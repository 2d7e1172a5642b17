let isPressing = false;
window.addEventListener(
  'pointerdown',
  () => {
    isPressing = true;
  },
  { capture: true },
);
for (const end of ['pointerup', 'pointercancel'] as const) {
  window.addEventListener(
    end,
    () => {
      isPressing = false;
    },
    { capture: true },
  );
}

/**
 * Runs `callback` now, or, while a pointer is pressed, when it is released. What moves the layout when a field is
 * left must wait so long: else the button that is being pressed moves away from under the pointer.
 */
export function afterPress(callback: () => void): void {
  if (isPressing) window.addEventListener('pointerup', () => setTimeout(callback), { once: true });
  else callback();
}
