import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Label,
  Text,
} from 'react-aria-components';
import fieldStyles from './field.module.css';
import styles from './text-area.module.css';

interface TextAreaProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly label: string;
  readonly description: string;
  /** What is wrong with the value, if anything. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
}

/** An input for several lines of what programs wrote, with its label and description. */
export function TextArea({ label, description, error, placeholder, ...props }: TextAreaProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={fieldStyles.field ?? ''}
    >
      <Label className={fieldStyles.label ?? ''}>{label}</Label>
      <AriaTextArea
        rows={4}
        className={`${fieldStyles.input} ${styles.area} mono`}
        spellCheck={false}
        autoComplete="off"
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {error === undefined && (
        <Text slot="description" className={fieldStyles.description ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={fieldStyles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
