import { useState } from 'react';
import type { Machine } from '../../../shared/model/machine';
import { afterPress } from '../../components/after-press';
import { changedForm } from './inherited-form';
import {
  type FormField,
  type MachineField,
  type MachineForm,
  type MachineProblems,
  machineFields,
  readForm,
  splitPastedHost,
} from './machine-form';

interface MachineFormState {
  readonly form: MachineForm;
  /** What is changed is the machine's own from then on. */
  readonly change: (part: Partial<MachineForm>) => void;
  readonly replace: (next: (form: MachineForm) => MachineForm) => void;
  /** What is wrong with the fields that were filled in and left, or with all once a save was tried. */
  readonly problems: MachineProblems;
  readonly revealAll: () => void;
  /** To be called when a field loses the focus. The host field takes a pasted `user@host:port` apart. */
  readonly leave: (field: FormField) => void;
}

/** The state of the machine editor's fields. */
export function useMachineForm(
  initialForm: MachineForm,
  id: Machine['id'] | null,
  machines: readonly Machine[],
): MachineFormState {
  const [initial] = useState(initialForm);
  const [form, setForm] = useState(initial);
  const [revealed, setRevealed] = useState<readonly FormField[] | 'all'>([]);
  const read = readForm(form, id, machines);
  const problems = 'problems' in read ? read.problems : {};
  const isShown = (field: string): boolean =>
    field === 'jumps' || field === 'tags' || revealed === 'all' || revealed.some((other) => other === field);
  return {
    form,
    change: (part) => setForm((previous) => changedForm(previous, part)),
    replace: (next) => setForm(next),
    problems: Object.fromEntries(Object.entries(problems).filter(([field]) => isShown(field))),
    revealAll: () => setRevealed('all'),
    leave: (field) => {
      if (isMachineField(field) && form[field] === initial[field]) return;
      afterPress(() => {
        if (field === 'host') setForm((previous) => changedForm(previous, splitPastedHost(previous)));
        setRevealed((previous) => (previous === 'all' ? previous : [...previous, field]));
      });
    },
  };
}

const isMachineField = (field: FormField): field is MachineField =>
  machineFields.some((other) => other === field);
