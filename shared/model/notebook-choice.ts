import type { NotebookChoice } from './machine';

/** What a choice names besides its kind: the environment's folder, the modules, the command line or the image. Empty: nothing. */
export function placeOfChoice(choice: NotebookChoice): string {
  switch (choice.kind) {
    case 'auto':
      return '';
    case 'environment':
      return choice.path;
    case 'module':
      return choice.names;
    case 'command':
      return choice.line;
    case 'image':
      return [choice.image, ...choice.volumes, ...choice.options].join(' ');
  }
}

/** Two choices that start the same Jupyter. */
export const isSameChoice = (one: NotebookChoice, other: NotebookChoice): boolean =>
  one.kind === other.kind && placeOfChoice(one) === placeOfChoice(other);
