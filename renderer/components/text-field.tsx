import type { ReactNode } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components';
import styles from './field.module.css';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly label: string;
  readonly description?: string | undefined;
  /** What is wrong with the value, if anything. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly isMono?: boolean;
  /** Stands behind the input, e.g. a button that fills it. */
  readonly addition?: ReactNode;
}

/** A one-line text input with its label, description and error. */
export function TextField({
  label,
  description,
  error,
  placeholder,
  isMono,
  addition,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={styles.field ?? ''}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.row}>
        <Input
          className={`${styles.input} ${isMono ? 'mono' : ''}`}
          spellCheck={false}
          autoComplete="off"
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        {addition}
      </div>
      {description && !error && (
        <Text slot="description" className={styles.description ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
