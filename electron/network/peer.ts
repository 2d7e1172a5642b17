import type { AppError } from '../../shared/errors/app-error';
import { reportThrown, type ThrownReport, thrownFrom } from './thrown';

/** What one side can be asked, by name; each is answered once. */
type Calls = Record<string, { readonly params: unknown; readonly result: unknown }>;
/** What one side can be told, by name; nothing is answered. */
type Notes = Record<string, unknown>;

/** What one side understands. */
export interface Side {
  readonly calls: Calls;
  readonly notes: Notes;
}

export interface HandlersOf<Ours extends Side> {
  /** `signal`: the other side does not need the answer any more. It still gets one. */
  readonly calls: {
    readonly [K in keyof Ours['calls']]: (
      params: Ours['calls'][K]['params'],
      signal: AbortSignal,
    ) => Promise<Ours['calls'][K]['result']>;
  };
  readonly notes: { readonly [K in keyof Ours['notes']]: (params: Ours['notes'][K]) => void };
}

export type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'thrown'; readonly id: number; readonly thrown: ThrownReport }
  | { readonly kind: 'note'; readonly name: string; readonly params: unknown };

/** Sends a message to the other thread; `moved` is handed over instead of copied. */
export type Post = (message: Message, moved: readonly ArrayBuffer[]) => void;

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One end of the talk between two threads. Messages arrive in the order in which they were sent, calls and notes
 * alike.
 */
export class Peer<Ours extends Side, Theirs extends Side> {
  #lastId = 0;
  #ended: AppError | null = null;
  #handlers: HandlersOf<Ours> | null = null;
  readonly #waiting = new Map<number, Waiting>();
  readonly #answering = new Map<number, AbortController>();

  constructor(private readonly post: Post) {}

  /** Call before the first message arrives. */
  serve(handlers: HandlersOf<Ours>): void {
    this.#handlers = handlers;
  }

  /**
   * Resolves with the other side's answer. When `signal` aborts, the other side is told; it answers all the same.
   * @throws what the other side throws, `connection-lost` when it ends
   */
  call<K extends keyof Theirs['calls'] & string>(
    name: K,
    params: Theirs['calls'][K]['params'],
    signal?: AbortSignal,
  ): Promise<Theirs['calls'][K]['result']> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    const cancel = (): void => this.post({ kind: 'cancel', id }, []);
    const answer = new Promise<Theirs['calls'][K]['result']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.post({ kind: 'call', id, name, params }, []);
    });
    if (signal === undefined) return answer;
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    return answer.finally(() => signal.removeEventListener('abort', cancel));
  }

  /** Is dropped when the other side has ended. */
  tell<K extends keyof Theirs['notes'] & string>(
    name: K,
    params: Theirs['notes'][K],
    moved: readonly ArrayBuffer[] = [],
  ): void {
    if (this.#ended === null) this.post({ kind: 'note', name, params }, moved);
  }

  receive(message: Message): void {
    switch (message.kind) {
      case 'call':
        void this.#answer(message.id, message.name, message.params);
        return;
      case 'cancel':
        this.#answering.get(message.id)?.abort();
        return;
      case 'result':
        this.#settle(message.id)?.resolve(message.result as never);
        return;
      case 'thrown':
        this.#settle(message.id)?.reject(thrownFrom(message.thrown));
        return;
      case 'note':
        this.#noteHandler(message.name)(message.params);
    }
  }

  /** The other side has ended: nobody waits for its answers, or works for it, any more. */
  end(error: AppError): void {
    this.#ended = error;
    for (const controller of this.#answering.values()) controller.abort();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #callHandler(name: string): (params: unknown, signal: AbortSignal) => Promise<unknown> {
    const handler = this.#handlers?.calls[name];
    if (handler === undefined) throw new Error(`Nobody answers "${name}"`);
    return handler as (params: unknown, signal: AbortSignal) => Promise<unknown>;
  }

  #noteHandler(name: string): (params: unknown) => void {
    const handler = this.#handlers?.notes[name];
    if (handler === undefined) throw new Error(`Nobody listens to "${name}"`);
    return handler as (params: unknown) => void;
  }

  async #answer(id: number, name: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.#answering.set(id, controller);
    const answer = await this.#callHandler(name)(params, controller.signal).then(
      (result): Message => ({ kind: 'result', id, result }),
      (thrown: unknown): Message => ({ kind: 'thrown', id, thrown: reportThrown(thrown) }),
    );
    this.#answering.delete(id);
    if (this.#ended === null) this.post(answer, []);
  }
}
