import { useCallback, useEffect, useRef, useState } from 'react';
import { AppError, type ErrorReport } from '../../../shared/errors/app-error';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | null;
}

interface Pages<Item> {
  readonly items: readonly Item[];
  readonly isLoading: boolean;
  /** There is no more than this. */
  readonly isWhole: boolean;
  readonly error: ErrorReport | null;
  /** Gets the next page, if there is one and none is on its way. */
  readonly loadMore: () => void;
  readonly refresh: () => void;
}

type State<Item> = Omit<Pages<Item>, 'loadMore' | 'refresh'> & { readonly cursor: string | null };

const nothing = { items: [], isLoading: true, isWhole: false, error: null, cursor: null } as const;

/** A list that comes page by page, each when somebody wants to see it. `load` must stay the same for the same list. */
export function usePages<Item>(load: (cursor: string | null) => Promise<Page<Item>>): Pages<Item> {
  const [state, setState] = useState<State<Item>>(nothing);
  // What is asked for another list, or before a refresh, comes too late.
  const asked = useRef<symbol | null>(null);
  const get = useCallback(
    (cursor: string | null, known: readonly Item[]) => {
      const ask = Symbol();
      asked.current = ask;
      setState((current) => ({ ...current, isLoading: true, error: null }));
      load(cursor)
        .then((page) => {
          if (asked.current !== ask) return;
          const items = [...known, ...page.items];
          setState({
            items,
            cursor: page.cursor,
            isWhole: page.cursor === null,
            isLoading: false,
            error: null,
          });
        })
        .catch((thrown: unknown) => {
          if (asked.current !== ask) return;
          setState((current) => ({ ...current, isLoading: false, error: AppError.from(thrown).toReport() }));
        });
    },
    [load],
  );
  useEffect(() => {
    setState(nothing);
    get(null, []);
    return () => {
      asked.current = null;
    };
  }, [get]);
  const { items, cursor, isLoading, isWhole, error } = state;
  return {
    ...{ items, isLoading, isWhole, error },
    loadMore: () => {
      if (!isLoading && !isWhole && error === null) get(cursor, items);
    },
    refresh: () => get(null, []),
  };
}
