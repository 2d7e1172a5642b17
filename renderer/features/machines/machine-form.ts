import { AppError } from '../../../shared/errors/app-error';
import {
  emptyMachineDraft,
  type Machine,
  MachineDraft,
  type NotebookChoice,
  type RouteProxy,
} from '../../../shared/model/machine';
import type { Forward } from '../../../shared/model/tunnel';
import { wayTo } from '../../../shared/model/way';
import { type InstanceForm, instanceFormOf, instanceOf, instancePaths } from '../ec2/instance-form';
import { type IdleForm, idleFormOf, idlePolicyOf } from '../idle/idle-form';
import { type ImageForm, imageChoiceOf, imageFormOf, imagePaths } from '../notebook/image-form';
import { type IdentityForm, identityFormOf, identityOf, identityPaths } from './identity-form';
import {
  type JumpField,
  type JumpForm,
  jumpFields,
  jumpFormOf,
  jumpOf,
  jumpPaths,
  portOf,
} from './jump-form';

/** What the machine editor's fields hold: all of them, also those that the chosen identity or notebook hides. */
export interface MachineForm extends IdentityForm, ImageForm, IdleForm, InstanceForm {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly jumps: readonly JumpForm[];
  readonly proxyKind: RouteProxy['kind'] | 'none';
  readonly proxyHost: string;
  readonly proxyPort: string;
  readonly proxyUser: string;
  readonly proxyLine: string;
  /** The user wrote the proxy command here, so it needs no further consent. */
  readonly isProxyLineTyped: boolean;
  readonly forwardsAgent: boolean;
  readonly allowsOldAlgorithms: boolean;
  readonly workingFolder: string;
  readonly notebookKind: NotebookChoice['kind'];
  readonly environmentPath: string;
  readonly moduleNames: string;
  readonly commandLine: string;
  readonly keepsCookies: boolean;
  /** What is set elsewhere than in the editor's fields. */
  readonly marks: Pick<MachineDraft, 'groupId' | 'tags' | 'isFavourite' | 'colour' | 'inherits'>;
  /** Of a pasted command: they are made with the machine. */
  readonly forwards: readonly Forward[];
}

/** The text fields from top to bottom, each with the place of its value in a draft. */
const draftPaths = {
  name: 'name',
  host: 'route.host',
  port: 'route.port',
  user: 'route.user',
  ...instancePaths,
  proxyHost: 'route.proxy.host',
  proxyPort: 'route.proxy.port',
  proxyUser: 'route.proxy.user',
  proxyLine: 'route.proxy.line',
  ...identityPaths,
  workingFolder: 'workingFolder',
  environmentPath: 'notebook.path',
  moduleNames: 'notebook.names',
  commandLine: 'notebook.line',
  ...imagePaths,
  idleHours: 'idlePolicy.afterHours',
} as const;

export type MachineField = keyof typeof draftPaths;
export const machineFields = Object.keys(draftPaths) as readonly MachineField[];

/** A text field of the editor: of the machine, or of the jump host at an index. */
export type FormField = MachineField | `jump-${number}-${JumpField}`;

/** Text keys below `validation`, for the fields that are wrong; `jumps` and `tags` are about the lists as a whole. */
export type MachineProblems = Readonly<Partial<Record<FormField | 'jumps' | 'tags', string>>>;

/** The fields of a saved machine, or of a new one. */
export function formOf(machine: MachineDraft | null): MachineForm {
  const { identity, notebook } = machine ?? {};
  const proxy = machine?.route.proxy ?? null;
  const server = proxy?.kind === 'command' ? null : proxy;
  return {
    name: machine?.name ?? '',
    host: machine?.route.host ?? '',
    port: String(machine?.route.port ?? 22),
    user: machine?.route.user ?? '',
    ...instanceFormOf(machine?.instance),
    jumps: machine?.route.jumps.map(jumpFormOf) ?? [],
    proxyKind: proxy?.kind ?? 'none',
    proxyHost: server?.host ?? '',
    proxyPort: String(server?.port ?? 1080),
    proxyUser: server?.user ?? '',
    proxyLine: proxy?.kind === 'command' ? proxy.line : '',
    isProxyLineTyped: false,
    ...identityFormOf(identity),
    forwardsAgent: machine?.forwardsAgent ?? false,
    allowsOldAlgorithms: machine?.allowsOldAlgorithms ?? false,
    workingFolder: machine?.workingFolder ?? '',
    notebookKind: notebook?.kind ?? 'auto',
    environmentPath: notebook?.kind === 'environment' ? notebook.path : '',
    moduleNames: notebook?.kind === 'module' ? notebook.names : '',
    commandLine: notebook?.kind === 'command' ? notebook.line : '',
    ...imageFormOf(notebook),
    ...idleFormOf(machine?.idlePolicy),
    keepsCookies: machine?.keepsCookies ?? false,
    marks: marksOf(machine ?? emptyMachineDraft),
    forwards: [],
  };
}

/** The draft that the fields make, or what is wrong with them; `machines` are the saved ones. */
export function readForm(
  form: MachineForm,
  id: Machine['id'] | null,
  machines: readonly Machine[],
): { readonly draft: MachineDraft } | { readonly problems: MachineProblems } {
  const parsed = MachineDraft.safeParse({
    id,
    name: form.name,
    route: {
      host: form.host,
      port: portOf(form.port),
      user: form.user,
      jumps: form.jumps.map(jumpOf),
      proxy: proxyOf(form),
    },
    instance: instanceOf(form),
    identity: identityOf(form),
    forwardsAgent: form.forwardsAgent,
    allowsOldAlgorithms: form.allowsOldAlgorithms,
    workingFolder: form.workingFolder,
    notebook: notebookOf(form),
    idlePolicy: idlePolicyOf(form),
    keepsCookies: form.keepsCookies,
    ...form.marks,
  });
  if (parsed.success) {
    const problem = wayProblem(parsed.data, machines);
    return problem === null ? { draft: parsed.data } : { problems: { jumps: problem } };
  }
  const problems: Partial<Record<FormField | 'jumps' | 'tags', string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = fieldAt(path.join('.'));
    if (field) problems[field] ??= message;
  }
  return { problems };
}

/** The field whose value is at this place of a draft. */
function fieldAt(path: string): FormField | 'jumps' | 'tags' | undefined {
  if (path.startsWith('tags')) return 'tags';
  if (path === 'route.jumps') return 'jumps';
  const [, index, part] = /^route\.jumps\.(\d+)\.(.+)$/.exec(path) ?? [];
  if (index === undefined) {
    const whole = path.replace(/^(notebook\.\w+)\.\d+$/, '$1');
    return machineFields.find((candidate) => draftPaths[candidate] === whole);
  }
  const field = jumpFields.find((candidate) => jumpPaths[candidate] === part);
  return field && `jump-${Number(index)}-${field}`;
}

/** Why nobody would arrive: the jump hosts lead in a circle, or one is gone. */
function wayProblem(draft: MachineDraft, machines: readonly Machine[]): string | null {
  try {
    wayTo(draft, machines);
    return null;
  } catch (error) {
    return AppError.from(error).code;
  }
}

const marksOf = ({ groupId, tags, isFavourite, colour, inherits }: MachineForm['marks']) => ({
  groupId,
  tags,
  isFavourite,
  colour,
  inherits,
});

function proxyOf({ proxyKind, proxyHost, proxyPort, proxyUser, proxyLine }: MachineForm): unknown {
  if (proxyKind === 'none') return null;
  if (proxyKind === 'command') return { kind: proxyKind, line: proxyLine };
  return { kind: proxyKind, host: proxyHost, port: portOf(proxyPort), user: proxyUser };
}

function notebookOf(form: MachineForm): NotebookChoice {
  switch (form.notebookKind) {
    case 'auto':
      return { kind: 'auto' };
    case 'environment':
      return { kind: 'environment', path: form.environmentPath };
    case 'module':
      return { kind: 'module', names: form.moduleNames };
    case 'command':
      return { kind: 'command', line: form.commandLine };
    case 'image':
      return imageChoiceOf(form);
  }
}

/** Takes `user@host:port`, as people paste it into the host field, apart; other texts stay as they are. */
export function splitPastedHost(form: MachineForm): MachineForm {
  const match = /^(?:ssh:\/\/)?(?:([^\s@/]+)@)([^\s:@/]+)(?::(\d{1,5}))?$/.exec(form.host.trim());
  const [, user, host, port] = match ?? [];
  if (!user || !host) return form;
  return { ...form, host, user, port: port ?? form.port };
}
