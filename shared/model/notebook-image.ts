import { z } from 'zod';

/** What `docker run` or `podman run` gets from Nuvem itself, so that nobody can set it twice. */
const reservedOptions = [
  'name',
  'label',
  'detach',
  'rm',
  'restart',
  'interactive',
  'tty',
  'user',
  'userns',
  'workdir',
  'cidfile',
  'gpus',
];

const optionName = (option: string): string => /^--([a-z0-9-]+)/.exec(option)?.[1] ?? '';

/**
 * An image reference as `docker pull` takes it: `[host[:port]/]name[:tag][@digest]`
 * (github.com/distribution/reference).
 */
const ImageReference = z
  .string()
  .trim()
  .min(1, 'image-empty')
  .max(500, 'image-malformed')
  .regex(
    /^(?:[A-Za-z0-9.-]+(?::\d{1,5})?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[A-Za-z0-9_][\w.-]{0,127})?(?:@[a-z0-9]+:[0-9a-f]{32,})?$/,
    'image-malformed',
  );

/** `host:container`, with `:ro` for what the container must not change; `host` is a folder or a named volume. */
const Volume = z
  .string()
  .trim()
  .max(4096, 'volume-malformed')
  .regex(/^(?:~|(?:~\/|\/)[^:\0\r\n]*|[A-Za-z0-9][\w.-]*):\/[^:\0\r\n]*(?::ro)?$/, 'volume-malformed');

/** One option of `docker run`, in the form `--name` or `--name=value`. */
const RunOption = z
  .string()
  .trim()
  .max(4096, 'image-option-malformed')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: U+001F parts the options on their way to the machine
  .regex(/^--[a-z][a-z0-9-]*(?:=[^\0\r\n\u001f]*)?$/, 'image-option-malformed')
  .refine((option) => !reservedOptions.includes(optionName(option)), 'image-option-reserved');

/** A Jupyter that runs in a container of an image. */
export const ImageChoice = z.strictObject({
  kind: z.literal('image'),
  /** `auto`: docker or podman, whichever has the image or answers. */
  engine: z.enum(['auto', 'docker', 'podman']),
  image: ImageReference,
  /** Besides the working folder, which is there under its own path. */
  volumes: z.array(Volume).max(20, 'volumes-too-many').readonly(),
  usesGpus: z.boolean(),
  options: z.array(RunOption).max(30, 'image-options-too-many').readonly(),
});
export type ImageChoice = Readonly<z.infer<typeof ImageChoice>>;
