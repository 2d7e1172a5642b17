import { useState } from 'react';
import type { Machine } from '../../../shared/model/machine';
import { formOf, type MachineField, type MachineForm, type MachineProblems, readForm, splitPastedHost } from './machine-form';

interface MachineFormState {
  readonly form: MachineForm;
  readonly change: (part: Partial<MachineForm>) => void;
  /** What is wrong with the fields that were left or that a save was tried with. */
  readonly problems: MachineProblems;
  /** From now on says what is wrong with these fields. */
  readonly reveal: (fields: readonly MachineField[]) => void;
  /** Reveals the host, and takes a pasted `user@host:port` apart. */
  readonly leaveHost: () => void;
}

/** The state of the machine editor's fields. */
export function useMachineForm(machine: Machine | null): MachineFormState {
  const [form, setForm] = useState(() => formOf(machine));
  const [revealed, setRevealed] = useState<ReadonlySet<MachineField>>(new Set());
  const reveal = (fields: readonly MachineField[]) =>
    setRevealed((previous) => new Set([...previous, ...fields]));

  const read = readForm(form, machine?.id ?? null);
  const problems =
    'problems' in read
      ? Object.fromEntries(Object.entries(read.problems).filter(([field]) => revealed.has(field as MachineField)))
      : {};
  return {
    form,
    change: (part) => setForm((previous) => ({ ...previous, ...part })),
    problems,
    reveal,
    leaveHost: () => {
      setForm(splitPastedHost);
      reveal(['host']);
    },
  };
}
