import { Check } from 'lucide-react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './field.module.css';

interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: string;
}

/** A yes/no choice that takes effect when its form is submitted. */
export function Checkbox({ isSelected, onChange, children }: CheckboxProps) {
  return (
    <AriaCheckbox isSelected={isSelected} onChange={onChange} className={styles.choice ?? ''}>
      <span className={styles.mark}>{isSelected && <Check aria-hidden strokeWidth={3} />}</span>
      {children}
    </AriaCheckbox>
  );
}
