import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import {
  type ActionId,
  actionIds,
  type CustomShortcuts,
  reachOf,
  shortcutsOf,
  withShortcut,
  withUsualShortcut,
} from '../../../shared/model/action';
import { type Shortcut, shortcutText } from '../../../shared/model/shortcut';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { SearchField } from '../../components/search-field';
import { showFailure } from '../../stores/notices-store';
import { settingsStore } from '../../stores/settings-store';
import { closeDialog } from '../../stores/view-store';
import { keyboardHere } from '../actions/handle-key';
import { folded } from '../machine-tree/fuzzy-text';
import { GlobalShortcutNote } from './global-shortcut-note';
import { ShortcutRecorder } from './shortcut-recorder';
import styles from './shortcuts-dialog.module.css';

const buttonId = (id: ActionId): string => `shortcut-of-${id}`;

/** Every action with its shortcut, which the user can change; each change takes effect at once. */
export function ShortcutsDialog() {
  const { t } = useTranslation('actions');
  const { settings } = useStore(settingsStore);
  const { shortcuts } = settings;
  const [search, setSearch] = useState('');
  const [recordingId, setRecordingId] = useState<ActionId | null>(null);
  const [said, setSaid] = useState('');
  const keyboard = keyboardHere();

  const stopRecording = (id: ActionId) => {
    setRecordingId(null);
    document.getElementById(buttonId(id))?.focus();
  };
  /** False: the system refuses it, and nothing has changed. */
  const save = async (changed: CustomShortcuts, id: ActionId | null): Promise<boolean> => {
    try {
      const snapshot = await nuvem.settings.save({ ...settings, shortcuts: changed });
      settingsStore.accept(snapshot);
      if (id !== null) setSaid(outcome(id, snapshot.settings.shortcuts));
    } catch (thrown) {
      if (AppError.from(thrown).code === 'global-shortcut-refused') return false;
      showFailure(thrown);
    }
    if (id !== null) stopRecording(id);
    return true;
  };
  const outcome = (id: ActionId, custom: CustomShortcuts): string => {
    const action = t(`action.${id}`);
    const [first] = shortcutsOf(id, custom, keyboard);
    if (first === undefined) return t('shortcuts.hasNone', { action });
    return t('shortcuts.isNow', { action, keys: shortcutText(first, keyboard) });
  };
  const wanted = folded(search.trim()).toLowerCase();
  const found = actionIds.filter((id) =>
    folded(t(`action.${id}`))
      .toLowerCase()
      .includes(wanted),
  );
  return (
    <Dialog
      title={t('shortcuts.title')}
      width="wide"
      onCancel={closeDialog}
      buttons={
        <>
          <Button
            variant="quiet"
            isDisabled={Object.keys(shortcuts).length === 0}
            onPress={() => {
              setRecordingId(null);
              void save({}, null);
            }}
          >
            {t('shortcuts.resetAll')}
          </Button>
          <Button variant="primary" onPress={closeDialog}>
            {t('common.close', { ns: 'app' })}
          </Button>
        </>
      }
    >
      <p className={styles.note}>{t('shortcuts.note', { window: t('shortcuts.window') })}</p>
      <SearchField
        label={t('shortcuts.search')}
        value={search}
        onChange={setSearch}
        onSubmit={() => undefined}
      />
      {found.length === 0 && <p className={styles.note}>{t('shortcuts.noMatch')}</p>}
      <ul className={styles.list}>
        {found.map((id) => (
          <li key={id} className={styles.item}>
            <ShortcutLine id={id} shortcuts={shortcuts} onChange={() => setRecordingId(id)} />
            {reachOf(id) === 'system' && (
              <GlobalShortcutNote isSet={(shortcuts[id] ?? null) !== null} isRecording={recordingId === id} />
            )}
            {recordingId === id && (
              <ShortcutRecorder
                id={id}
                shortcuts={shortcuts}
                onRecorded={(shortcut: Shortcut | null) =>
                  save(withShortcut(id, shortcut, shortcuts, keyboard), id)
                }
                onReset={() => void save(withUsualShortcut(id, shortcuts), id)}
                onCancel={() => stopRecording(id)}
              />
            )}
          </li>
        ))}
      </ul>
      <span role="status" className="visuallyHidden">
        {said}
      </span>
    </Dialog>
  );
}

interface ShortcutLineProps {
  readonly id: ActionId;
  readonly shortcuts: CustomShortcuts;
  readonly onChange: () => void;
}

function ShortcutLine({ id, shortcuts, onChange }: ShortcutLineProps) {
  const { t } = useTranslation('actions');
  const keyboard = keyboardHere();
  const own = shortcutsOf(id, shortcuts, keyboard);
  const reach = reachOf(id);
  const texts = own.map((keys) => shortcutText(keys, keyboard));
  const action = t(`action.${id}`);
  const facts = [
    own.length > 0 && reach !== 'everywhere' && t(`shortcuts.${reach}`),
    shortcuts[id] !== undefined && t('shortcuts.changed'),
  ].filter(Boolean);
  return (
    <div className={styles.line}>
      <span className={styles.action}>
        {action}
        {facts.length > 0 && <span className={styles.facts}>{facts.join(' · ')}</span>}
      </span>
      <Button
        id={buttonId(id)}
        variant="quiet"
        aria-label={t('shortcuts.change', { action, keys: texts.join(' ') || t('shortcuts.none') })}
        onPress={onChange}
      >
        {own.length === 0
          ? t('shortcuts.none')
          : texts.map((text, index) => (
              <Fragment key={text}>
                {/* Read as two, as they are in the button's name. */}
                {index > 0 && ' '}
                <kbd className={styles.keys}>{text}</kbd>
              </Fragment>
            ))}
      </Button>
    </div>
  );
}
