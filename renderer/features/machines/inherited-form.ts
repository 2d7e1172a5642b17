import { chainOf, settingsFor, sourceOf, withInherited } from '../../../shared/model/inheritance';
import {
  emptyMachineDraft,
  type GroupId,
  InheritableSetting,
  type MachineId,
} from '../../../shared/model/machine';
import type { GroupSettings, MachineGroup } from '../../../shared/model/machine-group';
import type { MachineList } from '../../../shared/model/machine-list';
import { jumpOf } from './jump-form';
import { formOf, type MachineForm } from './machine-form';

/** The fields that hold each setting. */
export const fieldsOfSetting = {
  user: ['user'],
  port: ['port'],
  jumps: ['jumps'],
  proxy: ['proxyKind', 'proxyHost', 'proxyPort', 'proxyUser', 'proxyLine'],
  identity: ['identityKind', 'keyPath', 'agentPath', 'pinnedKey'],
  forwardsAgent: ['forwardsAgent'],
  allowsOldAlgorithms: ['allowsOldAlgorithms'],
  workingFolder: ['workingFolder'],
  notebook: [
    'notebookKind',
    'environmentPath',
    'moduleNames',
    'commandLine',
    'image',
    'imageEngine',
    'imageVolumes',
    'imageUsesGpus',
    'imageOptions',
  ],
  idlePolicy: ['idleKind', 'idleHours'],
  keepsCookies: ['keepsCookies'],
} as const satisfies Record<InheritableSetting, readonly (keyof MachineForm)[]>;

type Groups = Pick<MachineList, 'groups' | 'defaults'>;

const chainIn = (groupId: GroupId | null, { groups }: Groups): readonly MachineGroup[] =>
  chainOf(groupId, (id) => groups.find((group) => group.id === id));

/** Who sets a setting for the machines of a group; see `sourceOf`. */
export function sourceIn(
  setting: InheritableSetting,
  groupId: GroupId | null,
  list: Groups,
): MachineGroup | 'defaults' | 'builtIn' {
  return sourceOf(setting, chainIn(groupId, list), list.defaults);
}

/** The form with a part changed: a setting whose value is another one now is the machine's own. */
export function changedForm(form: MachineForm, part: Partial<MachineForm>): MachineForm {
  const next = { ...form, ...part };
  const isSame = (setting: InheritableSetting): boolean =>
    fieldsOfSetting[setting].every((field) => textOf(next, field) === textOf(form, field));
  const inherits = next.marks.inherits.filter(isSame);
  return { ...next, marks: { ...next.marks, inherits } };
}

/** The form with settings taken from the group, or from the defaults; what nobody sets stays. */
export function inheritingForm(
  form: MachineForm,
  settings: readonly InheritableSetting[],
  id: MachineId | null,
  list: Groups,
): MachineForm {
  const values = settingsFor(chainIn(form.marks.groupId, list), list.defaults);
  const taken = settings.filter((setting) => setting in values);
  const source = formOf(withInherited({ ...emptyMachineDraft, id, inherits: taken }, values));
  const fields = taken.flatMap((setting) => fieldsOfSetting[setting].map((field) => [field, source[field]]));
  const inherits = [...new Set([...form.marks.inherits, ...taken])];
  return { ...form, ...Object.fromEntries(fields), marks: { ...form.marks, inherits } };
}

/** The form of a machine that goes to another group: what it inherits, it has from there. */
export function regroupedForm(
  form: MachineForm,
  groupId: GroupId | null,
  id: MachineId | null,
  list: Groups,
): MachineForm {
  const regrouped = { ...form, marks: { ...form.marks, groupId } };
  return inheritingForm(regrouped, form.marks.inherits, id, list);
}

/** The form of a new machine in a group: it inherits all that makes sense to inherit. */
export function newFormIn(groupId: GroupId | null, list: Groups): MachineForm {
  const empty = formOf(null);
  const settings = InheritableSetting.options.filter(
    // With no word from a group or the defaults, most people have a key file to choose.
    (setting) => setting !== 'identity' || sourceIn(setting, groupId, list) !== 'builtIn',
  );
  return inheritingForm({ ...empty, marks: { ...empty.marks, groupId } }, settings, null, list);
}

/** The form that shows what a group sets; what it does not set shows what its machines have instead. */
export function formOfSettings(settings: GroupSettings, parentId: GroupId | null, list: Groups): MachineForm {
  const values = { ...settingsFor(chainIn(parentId, list), list.defaults), ...settings };
  return formOf(withInherited({ ...emptyMachineDraft, inherits: InheritableSetting.options }, values));
}

function textOf(form: MachineForm, field: keyof MachineForm): string {
  return JSON.stringify(field === 'jumps' ? form.jumps.map(jumpOf) : form[field]);
}
