import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './field.module.css';

interface SwitchProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly children: string;
}

/** A yes/no choice that takes effect at once. */
export function Switch({ isSelected, onChange, isDisabled = false, children }: SwitchProps) {
  return (
    <AriaSwitch
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      className={styles.switch ?? ''}
    >
      {children}
      <span className={styles.track} />
    </AriaSwitch>
  );
}
