import { z } from 'zod';

/** Where a server listens, as seen from its machine. */
export const JupyterAddress = z.strictObject({
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  isTls: z.boolean(),
  /** Starts and ends with `/`. */
  baseUrl: z.string().startsWith('/').endsWith('/').max(500),
});
export type JupyterAddress = Readonly<z.infer<typeof JupyterAddress>>;
