/** What the bench asks of the product's network thread; each is answered by a message of the same kind. */
export type ThreadTask =
  | { readonly kind: 'collectGarbage' }
  | { readonly kind: 'startProfile' }
  | { readonly kind: 'stopProfile' };

export const threadTasks = 'bench tasks';
export const threadAnswers = 'bench answers';
