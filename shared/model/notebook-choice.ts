import type { NotebookChoice } from './machine';

/** What a choice names besides its kind: the environment's folder, the modules or the command line. Empty: nothing. */
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
  }
}

/** Two choices that start the same Jupyter. */
export const isSameChoice = (one: NotebookChoice, other: NotebookChoice): boolean =>
  one.kind === other.kind && placeOfChoice(one) === placeOfChoice(other);
