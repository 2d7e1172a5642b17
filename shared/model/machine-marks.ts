import { z } from 'zod';
import { Colour, isSameTag, type MachineDraft, Tag } from './machine';

/** What can be set for many machines at once; absent: stays as it is. */
export const MachineMarks = z.strictObject({
  isFavourite: z.boolean().exactOptional(),
  colour: Colour.nullable().exactOptional(),
  addedTags: z.array(Tag).readonly().exactOptional(),
  removedTags: z.array(Tag).readonly().exactOptional(),
});
export type MachineMarks = Readonly<z.infer<typeof MachineMarks>>;

/** The machine with these marks. Of two spellings of one tag the one it has already stays. */
export function withMarks<M extends Pick<MachineDraft, 'tags' | 'isFavourite' | 'colour'>>(
  machine: M,
  {
    isFavourite = machine.isFavourite,
    colour = machine.colour,
    addedTags = [],
    removedTags = [],
  }: MachineMarks,
): M {
  let tags = machine.tags.filter((tag) => !removedTags.some((removed) => isSameTag(removed, tag)));
  for (const added of addedTags) if (!tags.some((tag) => isSameTag(tag, added))) tags = [...tags, added];
  return { ...machine, isFavourite, colour, tags };
}
