import { useState } from 'react';
import type { Machine } from '../../../shared/model/machine';
import { afterPress } from '../../components/after-press';
import {
  formOf,
  type MachineField,
  type MachineForm,
  type MachineProblems,
  machineFields,
  readForm,
  splitPastedHost,
} from './machine-form';

interface MachineFormState {
  readonly form: MachineForm;
  readonly change: (part: Partial<MachineForm>) => void;
  /** What is wrong with the fields that were filled in and left, or with all once a save was tried. */
  readonly problems: MachineProblems;
  readonly revealAll: () => void;
  /** To be called when a field loses the focus. The host field takes a pasted `user@host:port` apart. */
  readonly leave: (field: MachineField) => void;
}

/** The state of the machine editor's fields. */
export function useMachineForm(machine: Machine | null): MachineFormState {
  const [initial] = useState(() => formOf(machine));
  const [form, setForm] = useState(initial);
  const [revealed, setRevealed] = useState<readonly MachineField[]>([]);
  const read = readForm(form, machine?.id ?? null);
  const problems = 'problems' in read ? read.problems : {};
  return {
    form,
    change: (part) => setForm((previous) => ({ ...previous, ...part })),
    problems: Object.fromEntries(revealed.map((field) => [field, problems[field]])),
    revealAll: () => setRevealed(machineFields),
    leave: (field) => {
      if (form[field] === initial[field]) return;
      afterPress(() => {
        if (field === 'host') setForm(splitPastedHost);
        setRevealed((previous) => [...previous, field]);
      });
    },
  };
}
