import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { TextField as AriaTextField, Input, Label, Text } from 'react-aria-components';
import styles from './field.module.css';

/** A pause in typing after which it is asked how the text may go on. */
const pauseMs = 200;

interface CompletingFieldProps {
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  /** Names the list of what may follow. */
  readonly listLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whole texts that the typed one may become; rejects when it can't be told. */
  readonly complete: (typed: string) => Promise<readonly string[]>;
}

/**
 * A text input that offers how its text may go on (ARIA "editable combobox with list autocomplete"): arrows move
 * through the list, Enter takes from it, Escape closes it. Without a choice, Enter is the form's.
 */
export function CompletingField({
  label,
  description,
  placeholder,
  listLabel,
  value,
  onChange,
  complete,
}: CompletingFieldProps) {
  const listId = useId();
  const [choices, setChoices] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(-1);
  useEffect(() => {
    setChosen(-1);
    if (value === '') return setChoices([]);
    let isCurrent = true;
    const timer = setTimeout(() => {
      const show = (found: readonly string[]) =>
        isCurrent && setChoices(found.filter((choice) => choice !== value));
      // Whoever types on without suggestions is told what is wrong when the text is used.
      complete(value).then(show, () => show([]));
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [value, complete]);

  const isOpen = choices.length > 0;
  const close = () => setChoices([]);
  const move = (by: number) =>
    setChosen((now) => (now + by + choices.length + (now < 0 && by < 0 ? 1 : 0)) % choices.length);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || event.nativeEvent.isComposing) return;
    const choice = choices[chosen];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && choice !== undefined) onChange(choice);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <AriaTextField value={value} onChange={onChange} autoFocus className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.row}>
        <Input
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={chosen < 0 ? undefined : `${listId}-${chosen}`}
          className={`${styles.input} mono`}
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder}
          onKeyDown={onKeyDown}
        />
      </div>
      {isOpen && (
        <div role="listbox" id={listId} aria-label={listLabel} className={styles.completions}>
          {choices.map((choice, index) => (
            <div
              key={choice}
              role="option"
              id={`${listId}-${index}`}
              aria-selected={index === chosen}
              tabIndex={-1}
              ref={(option) => {
                if (index === chosen) option?.scrollIntoView({ block: 'nearest' });
              }}
              className={`${styles.completion} mono`}
              // Before the input loses the focus to it.
              onPointerDown={(event) => {
                event.preventDefault();
                onChange(choice);
              }}
            >
              {choice}
            </div>
          ))}
        </div>
      )}
      <Text slot="description" className={styles.description ?? ''}>
        {description}
      </Text>
    </AriaTextField>
  );
}
