/** The items with those of `ids` moved, in their order, to before `before`, or to the end when that is null. */
export function arranged<Id, Item extends { readonly id: Id }>(
  items: readonly Item[],
  ids: readonly Id[],
  before: Id | null,
): readonly Item[] {
  const moving = new Set(ids);
  const start = before === null ? -1 : items.findIndex(({ id }) => id === before);
  // The place is before the first that stays, should `before` itself be one of those that move.
  const anchor = start < 0 ? undefined : items.slice(start).find(({ id }) => !moving.has(id));
  const staying = items.filter(({ id }) => !moving.has(id));
  const place = anchor === undefined ? staying.length : staying.indexOf(anchor);
  return staying.toSpliced(place, 0, ...items.filter(({ id }) => moving.has(id)));
}
