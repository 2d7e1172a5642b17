import { z } from 'zod';

/** What a second start of the app hands to the one that runs. */
export const SecondStart = z.object({
  isHidden: z.boolean(),
  opensPalette: z.boolean(),
  links: z.array(z.string()).readonly(),
  /** Absolute paths of files to open. */
  files: z.array(z.string()).readonly(),
});
export type SecondStart = z.infer<typeof SecondStart>;
