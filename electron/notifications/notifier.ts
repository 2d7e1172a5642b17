import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';

/** A word to the user that reaches them also when the window is not before their eyes. */
export interface PlainNotification {
  /** What it is about: a later one about the same takes its place. */
  readonly about: string;
  readonly title: string;
  readonly body: string;
  /** Present: a click, also on a button that says this, lets the server go on. */
  readonly keepText?: string;
}

/** What is told of a machine. */
export interface AppNotification extends PlainNotification {
  readonly machineId: MachineId;
  /** The server that a click opens; null: the machine's page. */
  readonly serverId: ServerId | null;
  /** The file below that server's folder that a click opens; null: the server's page. */
  readonly path: string | null;
}

/** Shows a notification of the system; the returned function takes it away. */
export type ShowNative = (
  texts: Pick<PlainNotification, 'title' | 'body' | 'keepText'>,
  on: { readonly clicked: () => void; readonly failed: () => void; readonly closed: () => void },
) => () => void;

interface NotifierDependencies<Told extends PlainNotification> {
  /** Whether something on this desktop shows notifications. */
  readonly isShown: () => Promise<boolean>;
  readonly showNative: ShowNative;
  /** Says it in the window instead. */
  readonly showInWindow: (notification: Told) => void;
  /** The user has clicked it. */
  readonly open: (notification: Told) => void;
}

/** Tells by the system's notifications, and where nobody shows those, in the window. */
export class Notifier<Told extends PlainNotification = AppNotification> {
  readonly #shown = new Map<string, () => void>();

  constructor(private readonly deps: NotifierDependencies<Told>) {}

  async tell(notification: Told): Promise<void> {
    const { showNative, showInWindow, isShown, open } = this.deps;
    if (!(await isShown())) return showInWindow(notification);
    const { about } = notification;
    this.#shown.get(about)?.();
    const takeAway = showNative(notification, {
      clicked: () => open(notification),
      failed: () => {
        this.#forget(about, takeAway);
        showInWindow(notification);
      },
      closed: () => this.#forget(about, takeAway),
    });
    this.#shown.set(about, takeAway);
  }

  /** Takes away what is still shown. */
  clear(): void {
    const shown = [...this.#shown.values()];
    this.#shown.clear();
    for (const takeAway of shown) takeAway();
  }

  #forget(about: string, takeAway: () => void): void {
    if (this.#shown.get(about) === takeAway) this.#shown.delete(about);
  }
}
