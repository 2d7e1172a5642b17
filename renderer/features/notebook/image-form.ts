import type { NotebookChoice } from '../../../shared/model/machine';
import type { ImageChoice } from '../../../shared/model/notebook-image';

/** What the fields of a container image hold. */
export interface ImageForm {
  readonly image: string;
  readonly imageEngine: ImageChoice['engine'];
  /** One per line. */
  readonly imageVolumes: string;
  readonly imageUsesGpus: boolean;
  /** One per line. */
  readonly imageOptions: string;
}

/** The fields, each with the place of its value in a draft. */
export const imagePaths = {
  image: 'notebook.image',
  imageVolumes: 'notebook.volumes',
  imageOptions: 'notebook.options',
} as const;

/** The fields of a saved choice, or of a new one. */
export function imageFormOf(notebook: NotebookChoice | undefined): ImageForm {
  const choice = notebook?.kind === 'image' ? notebook : null;
  return {
    image: choice?.image ?? '',
    imageEngine: choice?.engine ?? 'auto',
    imageVolumes: choice?.volumes.join('\n') ?? '',
    imageUsesGpus: choice?.usesGpus ?? false,
    imageOptions: choice?.options.join('\n') ?? '',
  };
}

/** The choice that the fields make. */
export const imageChoiceOf = (form: ImageForm): ImageChoice => ({
  kind: 'image',
  engine: form.imageEngine,
  image: form.image,
  volumes: linesOf(form.imageVolumes),
  usesGpus: form.imageUsesGpus,
  options: linesOf(form.imageOptions),
});

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
