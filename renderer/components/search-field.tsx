import { Search, X } from 'lucide-react';
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import styles from './field.module.css';

interface SearchFieldProps {
  readonly label: string;
  /** Shown in the empty field; without it, the label. */
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter was pressed. */
  readonly onSubmit: () => void;
  readonly inputId?: string;
}

/** A search input; Escape and its button clear it. */
export function SearchField({
  label,
  placeholder = label,
  value,
  onChange,
  onSubmit,
  inputId,
}: SearchFieldProps) {
  const { t } = useTranslation();
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      className={styles.searchField ?? ''}
      {...(inputId === undefined ? {} : { id: inputId })}
    >
      <Search aria-hidden />
      <Input className={styles.input ?? ''} placeholder={placeholder} spellCheck={false} />
      <Button className={styles.clear ?? ''} aria-label={t('common.clearSearch')}>
        <X size={14} aria-hidden />
      </Button>
    </AriaSearchField>
  );
}
