import type { InheritableSetting, Machine } from '../../../shared/model/machine';
import type { GroupSettings } from '../../../shared/model/machine-group';
import { fieldsOfSetting } from './inherited-form';
import { formOf, type MachineForm, type MachineProblems, readForm } from './machine-form';

/** The chosen settings that the fields make, or what is wrong with those; `machines` are the saved ones. */
export function readSettings(
  form: MachineForm,
  chosen: readonly InheritableSetting[],
  machines: readonly Machine[],
): { readonly settings: GroupSettings } | { readonly problems: MachineProblems } {
  // A machine that is well, but for what the fields say.
  const read = readForm(
    {
      ...fillerForm,
      ...Object.fromEntries(
        chosen.flatMap((setting) => fieldsOfSetting[setting].map((field) => [field, form[field]])),
      ),
    },
    null,
    machines,
  );
  if ('problems' in read) return read;
  const { route, ...others } = read.draft;
  const { user, port, jumps, proxy } = route;
  const all = { ...others, user, port, jumps, proxy };
  return { settings: Object.fromEntries(chosen.map((setting) => [setting, all[setting]])) };
}

const fillerForm: MachineForm = {
  ...formOf(null),
  name: 'group',
  host: 'group',
  user: 'group',
  identityKind: 'agent',
};
