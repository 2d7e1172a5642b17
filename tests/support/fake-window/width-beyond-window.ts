/** In the page: how far it, or a part of it that should only scroll up and down, is wider than its space. */
export function widthBeyondWindowPx(): number {
  const parts = [document.documentElement, ...document.querySelectorAll('main, aside, [role$=dialog] *')];
  const isScroller = (part: Element) => {
    const { overflowX, textOverflow } = getComputedStyle(part);
    // An ellipsis and what is hidden from sight are cut off on purpose, and an input scrolls its text.
    const isCutOnPurpose =
      textOverflow === 'ellipsis' || part.clientWidth <= 1 || part instanceof HTMLInputElement;
    return part === document.documentElement || (overflowX !== 'visible' && !isCutOnPurpose);
  };
  return Math.max(...parts.filter(isScroller).map((part) => part.scrollWidth - part.clientWidth));
}
