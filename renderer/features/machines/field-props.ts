import type { TextField } from '../../components/text-field';
import type { FormField } from './machine-form';

/** What a text field of the editor needs, by its name. */
export type FieldProps = (
  name: FormField,
  label: string,
  value: string,
  onChange: (value: string) => void,
) => Parameters<typeof TextField>[0];
