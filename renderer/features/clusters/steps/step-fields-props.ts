import type { StepForm, StepProblems } from './step-form';

/** What the fields of a step's form have in common. */
export interface StepFieldsProps {
  readonly form: StepForm;
  readonly problems: StepProblems;
  readonly onChange: (part: Partial<StepForm>) => void;
}
