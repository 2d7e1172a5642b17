import type { TreeRow } from './tree-rows';

/** In pixels; the style sheet draws rows of just these heights. */
const heights = { section: 28, group: 30, machine: 44 } as const satisfies Record<TreeRow['kind'], number>;

/** Drawn beyond what is seen on either side, in pixels, so that scrolling shows no gaps. */
const overscan = 240;

/** Where rows of different heights lie, one below the other. */
export class RowPlaces {
  /** The upper edge of each row, and the lower one of the last. */
  readonly #edges: Float64Array;

  constructor(rows: readonly TreeRow[]) {
    this.#edges = new Float64Array(rows.length + 1);
    for (const [index, { kind }] of rows.entries())
      this.#edges[index + 1] = this.topOf(index) + heights[kind];
  }

  get totalHeight(): number {
    return this.#edges.at(-1) ?? 0;
  }

  topOf(index: number): number {
    return this.#edges[index] ?? 0;
  }

  heightOf(index: number): number {
    return this.topOf(index + 1) - this.topOf(index);
  }

  /** The index of the row at a height; that of the last one below all, and -1 when there are none. */
  at(y: number): number {
    let low = 0;
    let high = this.#edges.length - 2;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.topOf(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return high < 0 ? -1 : low;
  }

  /** The first and last row to draw for a part of the list that is in view. */
  inView(scrollTop: number, viewHeight: number): readonly [first: number, last: number] {
    return [Math.max(0, this.at(scrollTop - overscan)), this.at(scrollTop + viewHeight + overscan)];
  }

  /** How far to scroll so that a row is seen; the given place if it is already. */
  scrollTopFor(index: number, scrollTop: number, viewHeight: number): number {
    const top = this.topOf(index);
    const bottom = this.topOf(index + 1);
    if (top < scrollTop) return top;
    return bottom > scrollTop + viewHeight ? bottom - viewHeight : scrollTop;
  }
}
