import { AppError } from '../../shared/errors/app-error';
import { shortcutsOf } from '../../shared/model/action';
import type { Settings, SettingsSnapshot } from '../../shared/model/settings';
import { keyboardOf, type Shortcut, shortcutText } from '../../shared/model/shortcut';
import type { SettingsStore } from '../settings/settings-store';
import type { GlobalKey } from './global-key';
import type { LoginItem } from './login-item';

interface SettingsEffectsDependencies {
  readonly settings: Pick<SettingsStore, 'snapshot' | 'save'>;
  readonly globalKey: Pick<GlobalKey, 'use'>;
  readonly loginItem: LoginItem;
  readonly platform: NodeJS.Platform;
  /** At the start nobody waits for an answer. */
  readonly onTrouble: (error: unknown) => void;
}

/** What the system does for settings, beyond the window: the shortcut that works everywhere, the start at login. */
export class SettingsEffects {
  constructor(private readonly deps: SettingsEffectsDependencies) {}

  /**
   * Brings both up to date. A start at login that the user turned off by the system's own means stays off, and the
   * settings say so from now on.
   */
  start(): void {
    const { settings, globalKey, loginItem, onTrouble } = this.deps;
    const now = settings.snapshot().settings;
    globalKey.use(this.#keyOf(now));
    if (!now.startsAtLogin) return;
    try {
      if (loginItem.isOn()) loginItem.set(true, now.startsHidden);
      else settings.save({ ...now, startsAtLogin: false });
    } catch (error) {
      onTrouble(error);
    }
  }

  /** The window is to stay away in this run, which the command line did not say. */
  get isStartedHidden(): boolean {
    return this.deps.loginItem.hasStartedIt && this.deps.settings.snapshot().settings.startsHidden;
  }

  /**
   * Saves settings once the system has done its part.
   * @throws global-shortcut-refused, login-item-failed, store-disk-full, store-write-failed; then nothing has changed
   */
  save(wanted: Settings): SettingsSnapshot {
    const before = this.deps.settings.snapshot().settings;
    try {
      this.#takeKey(wanted, before);
      this.#setLoginItem(wanted, before);
      return this.deps.settings.save(wanted);
    } catch (error) {
      this.deps.globalKey.use(this.#keyOf(before));
      this.#undoLoginItem(wanted, before);
      throw error;
    }
  }

  /** One that was refused before, and that the user leaves, stands in the way of no other setting. */
  #takeKey(wanted: Settings, before: Settings): void {
    const key = this.#keyOf(wanted);
    const isTaken = this.deps.globalKey.use(key);
    if (isTaken || key === null || key === this.#keyOf(before)) return;
    throw new AppError('global-shortcut-refused', { keys: shortcutText(key, this.#keyboard) });
  }

  #setLoginItem(wanted: Settings, before: Settings): void {
    if (isSameStart(wanted, before)) return;
    this.deps.loginItem.set(wanted.startsAtLogin, wanted.startsHidden);
  }

  #undoLoginItem(wanted: Settings, before: Settings): void {
    if (isSameStart(wanted, before)) return;
    try {
      this.deps.loginItem.set(before.startsAtLogin, before.startsHidden);
    } catch (error) {
      this.deps.onTrouble(error);
    }
  }

  #keyOf({ shortcuts }: Settings): Shortcut | null {
    return shortcutsOf('summon', shortcuts, this.#keyboard)[0] ?? null;
  }

  get #keyboard() {
    return keyboardOf(this.deps.platform);
  }
}

/** Whether it is hidden matters only where it starts. */
const isSameStart = (one: Settings, other: Settings): boolean =>
  one.startsAtLogin === other.startsAtLogin &&
  (one.startsHidden === other.startsHidden || !one.startsAtLogin);
