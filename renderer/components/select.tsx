import { Check, ChevronsUpDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import styles from './field.module.css';

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

/** A drop-down choice of one out of few. */
export function Select<Value extends string>({ label, value, options, onChange }: SelectProps<Value>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
      className={styles.selectRow ?? ''}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <Button className={styles.selectButton ?? ''}>
        <SelectValue>{({ selectedText }) => selectedText}</SelectValue>
        <ChevronsUpDown aria-hidden />
      </Button>
      <Popover className={styles.popover ?? ''}>
        <ListBox>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.text}
              className={styles.option ?? ''}
            >
              {option.text}
              {option.value === value && <Check aria-hidden />}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
