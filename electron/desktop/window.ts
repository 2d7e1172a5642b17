import { type BrowserWindow, nativeTheme, screen } from 'electron';
import type { Clock } from '../system/clock';
import type { EarlyWindow } from './early-window';
import { smallestWindow, usableBounds, type WindowState } from './window-state';

interface AppWindowDependencies {
  readonly early: EarlyWindow;
  readonly loadState: () => WindowState;
  readonly saveState: (state: WindowState) => void;
  /** Asked each time the user closes the window; when it answers "quit", the app is told by `onQuitWanted`. */
  readonly whenClosed: () => Promise<'hide' | 'quit'>;
  readonly onQuitWanted: () => void;
  /** The page's process ended; the page is loaded again. */
  readonly onRendererGone: (reason: string) => void;
  /** It ended again right away, so loading it once more would not help. */
  readonly onRendererLost: (reason: string) => void;
  readonly clock: Clock;
  /** It stays away until something shows it. */
  readonly startsHidden: boolean;
}

const crashLoopMs = 10_000;
const lightBackground = '#ffffff';
const darkBackground = '#16181d';

/** The one window of the app: opened at start, hidden rather than closed, gone only when the app quits. */
export class AppWindow {
  readonly #window: BrowserWindow;
  #mayClose = false;
  #recoveredAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: AppWindowDependencies) {
    const state = deps.loadState();
    this.#window = deps.early.browserWindow;
    this.#window.setMinimumSize(smallestWindow.width, smallestWindow.height);
    const { x, y, width, height } = usableBounds(
      state.bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    );
    this.#window.setSize(width, height);
    if (x === undefined || y === undefined) this.#window.center();
    else this.#window.setPosition(x, y);
    this.#window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? darkBackground : lightBackground);
    if (state.isMaximized) this.#window.maximize();
    if (!deps.startsHidden) void deps.early.painted.then(() => this.#showFirst());
    this.#window.on('close', (event) => this.#onClose(event));
    this.#window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#recover(reason);
    });
  }

  /** Resolves when the app's page was loaded. Rejects when it can't be. */
  async loaded(): Promise<void> {
    const failure = await this.deps.early.loaded;
    if (failure === null) return;
    // Quitting ended it, or the page itself went on to something that was refused.
    const wasEnded = this.#mayClose || (failure.error as { readonly code?: string }).code === 'ERR_ABORTED';
    if (!wasEnded) throw failure.error;
  }

  get browserWindow(): BrowserWindow {
    return this.#window;
  }

  /** The id of its web contents; null once it is gone. */
  get webContentsId(): number | null {
    return this.#window.isDestroyed() ? null : this.#window.webContents.id;
  }

  /** The user works in it. */
  get isFocused(): boolean {
    return !this.#window.isDestroyed() && this.#window.isVisible() && this.#window.isFocused();
  }

  /** Brings the window to the front, from the tray, another desktop or under other windows. */
  show(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** A message to the page, if it is there. */
  send(channel: string, payload: unknown): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.send(channel, payload);
  }

  /** From now on closing means closing. */
  allowClosing(): void {
    this.#mayClose = true;
  }

  #showFirst(): void {
    if (!this.#window.isDestroyed()) this.#window.show();
  }

  #recover(reason: string): void {
    const nowMs = this.deps.clock.monotonicMs();
    const isRepeated = nowMs - this.#recoveredAtMs < crashLoopMs;
    this.#recoveredAtMs = nowMs;
    if (isRepeated) {
      this.deps.onRendererLost(reason);
    } else {
      this.deps.onRendererGone(reason);
      this.#window.webContents.reload();
    }
  }

  #onClose(event: { preventDefault(): void }): void {
    this.deps.saveState({ bounds: this.#window.getNormalBounds(), isMaximized: this.#window.isMaximized() });
    if (this.#mayClose) return;
    event.preventDefault();
    void this.deps.whenClosed().then((answer) => {
      if (answer === 'hide') this.#window.hide();
      else this.deps.onQuitWanted();
    });
  }
}
