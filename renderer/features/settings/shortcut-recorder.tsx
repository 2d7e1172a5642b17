import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActionId, type CustomShortcuts, conflictOf, shortcutsOf } from '../../../shared/model/action';
import { type Shortcut, shortcutOfPress, shortcutText } from '../../../shared/model/shortcut';
import { Button } from '../../components/button';
import { keyboardHere } from '../actions/handle-key';
import styles from './shortcuts-dialog.module.css';

interface ShortcutRecorderProps {
  readonly id: ActionId;
  readonly shortcuts: CustomShortcuts;
  /** Null: the action is to have none. False: the system does not let it have that one. */
  readonly onRecorded: (shortcut: Shortcut | null) => Promise<boolean>;
  readonly onReset: () => void;
  readonly onCancel: () => void;
}

/** What the keys that were pressed last came to. */
type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'noShortcut' }
  | { readonly kind: 'reserved' | 'refused'; readonly shortcut: Shortcut }
  | { readonly kind: 'taken'; readonly shortcut: Shortcut; readonly by: ActionId };

const lone = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

/** Listens for the new shortcut of an action, and says in words when it can't have the one that was pressed. */
export function ShortcutRecorder({ id, shortcuts, onRecorded, onReset, onCancel }: ShortcutRecorderProps) {
  const { t } = useTranslation('actions');
  const [heard, setHeard] = useState<Heard>({ kind: 'nothing' });
  const keyboard = keyboardHere();
  const record = async (shortcut: Shortcut) => {
    if (!(await onRecorded(shortcut))) setHeard({ kind: 'refused', shortcut });
  };
  const hear = (shortcut: Shortcut) => {
    const conflict = conflictOf(id, shortcut, shortcuts, keyboard);
    if (conflict.kind === 'none') void record(shortcut);
    else if (conflict.kind === 'reserved') setHeard({ kind: 'reserved', shortcut });
    else setHeard({ kind: 'taken', shortcut, by: conflict.id });
  };
  return (
    <div className={styles.recorder}>
      <KeyBox label={t('shortcuts.press')} onHeard={hear} onCancel={onCancel} onNone={setHeard} />
      <HeardText heard={heard} />
      <div className={styles.choices}>
        {heard.kind === 'taken' && (
          <Button variant="primary" onPress={() => void record(heard.shortcut)}>
            {t('shortcuts.take')}
          </Button>
        )}
        {shortcutsOf(id, shortcuts, keyboard).length > 0 && (
          <Button onPress={() => void onRecorded(null)}>{t('shortcuts.remove')}</Button>
        )}
        {shortcuts[id] !== undefined && <Button onPress={onReset}>{t('shortcuts.reset')}</Button>}
        <Button variant="quiet" onPress={onCancel}>
          {t('shortcuts.cancel')}
        </Button>
      </div>
    </div>
  );
}

interface KeyBoxProps {
  readonly label: string;
  readonly onHeard: (shortcut: Shortcut) => void;
  readonly onNone: (heard: { readonly kind: 'noShortcut' }) => void;
  readonly onCancel: () => void;
}

/** Takes every key but Tab alone, with which one leaves it, and Escape, which ends the recording. */
function KeyBox({ label, onHeard, onNone, onCancel }: KeyBoxProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const isBare = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isBare && event.key === 'Tab') return;
    // Neither the dialog nor the menu is to act on them.
    event.preventDefault();
    event.stopPropagation();
    if (isBare && event.key === 'Escape') return onCancel();
    // AltGr writes a character, and counts as Ctrl and Alt on some systems.
    const isAltGr = event.getModifierState('AltGraph');
    const pressed = isAltGr ? null : shortcutOfPress(event.nativeEvent);
    if (pressed !== null) onHeard(pressed);
    else if (!lone.has(event.key)) onNone({ kind: 'noShortcut' });
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the keys are to be pressed now.
      autoFocus
      readOnly
      type="text"
      aria-label={label}
      placeholder={label}
      className={styles.keyBox}
      onKeyDown={onKeyDown}
    />
  );
}

function HeardText({ heard }: { readonly heard: Heard }) {
  const { t } = useTranslation('actions');
  const keyboard = keyboardHere();
  const meta = t(keyboard === 'mac' ? 'shortcuts.command' : 'shortcuts.super');
  const textOf = (): string => {
    switch (heard.kind) {
      case 'nothing':
        return t('shortcuts.pressNote', { meta });
      case 'noShortcut':
        return t('shortcuts.noShortcut', { meta });
      case 'reserved':
      case 'refused':
        return t(`shortcuts.${heard.kind}`, { keys: shortcutText(heard.shortcut, keyboard) });
      case 'taken': {
        const keys = shortcutText(heard.shortcut, keyboard);
        return t('shortcuts.taken', { keys, action: t(`action.${heard.by}`) });
      }
    }
  };
  return (
    <p role="status" className={heard.kind === 'nothing' ? styles.note : styles.problem}>
      {textOf()}
    </p>
  );
}
