import type { GlobalShortcut } from 'electron';
import type { Shortcut } from '../../shared/model/shortcut';

interface GlobalKeyDependencies {
  /** Electron's `globalShortcut`; the app must be ready. */
  readonly registry: Pick<GlobalShortcut, 'register' | 'unregister'>;
  readonly onPressed: () => void;
}

/** The one shortcut that works in whatever program the user is. */
export class GlobalKey {
  #registered: Shortcut | null = null;
  #isRefused = false;

  constructor(private readonly deps: GlobalKeyDependencies) {}

  /** The system does not let Nuvem have the shortcut that it was last told to use. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /**
   * Takes a shortcut in place of the one before; null: none. False when the system or another program has it; then
   * there is none. On Wayland the answer is no proof: whether keys are passed on is up to the desktop.
   */
  use(wanted: Shortcut | null): boolean {
    if (wanted !== null && wanted === this.#registered) return true;
    if (this.#registered !== null) this.deps.registry.unregister(this.#registered);
    const isTaken = wanted !== null && this.deps.registry.register(wanted, this.deps.onPressed);
    this.#registered = isTaken ? wanted : null;
    this.#isRefused = wanted !== null && !isTaken;
    return !this.#isRefused;
  }
}

/**
 * Whether this desktop shows windows by Wayland, where no program sees keys that are not meant for it.
 * `XDG_SESSION_TYPE` is set by systemd-logind (pam_systemd(8)), `WAYLAND_DISPLAY` by the compositor.
 */
export function isWayland(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform === 'linux' && (env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY));
}
