import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Label,
  Text,
} from 'react-aria-components';
import fieldStyles from './field.module.css';
import styles from './text-area.module.css';

interface TextAreaProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly description: string;
}

/** An input for several lines of what programs wrote, with its label and description. */
export function TextArea({ label, description, ...props }: TextAreaProps) {
  return (
    <AriaTextField {...props} className={fieldStyles.field ?? ''}>
      <Label className={fieldStyles.label ?? ''}>{label}</Label>
      <AriaTextArea
        rows={4}
        className={`${fieldStyles.input} ${styles.area} mono`}
        spellCheck={false}
        autoComplete="off"
      />
      <Text slot="description" className={fieldStyles.description ?? ''}>
        {description}
      </Text>
    </AriaTextField>
  );
}
