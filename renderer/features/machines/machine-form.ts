import {
  type Identity,
  type Machine,
  MachineDraft,
  type NotebookChoice,
} from '../../../shared/model/machine';

/** What the machine editor's fields hold: all of them, also those that the chosen identity or notebook hides. */
export interface MachineForm {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly identityKind: Identity['kind'];
  readonly keyPath: string;
  readonly workingFolder: string;
  readonly notebookKind: NotebookChoice['kind'];
  readonly environmentPath: string;
  readonly commandLine: string;
  readonly keepsCookies: boolean;
}

/** The text fields from top to bottom, each with the place of its value in a draft. */
const draftPaths = {
  name: 'name',
  host: 'route.host',
  port: 'route.port',
  user: 'route.user',
  keyPath: 'identity.path',
  workingFolder: 'workingFolder',
  environmentPath: 'notebook.path',
  commandLine: 'notebook.line',
} as const;

export type MachineField = keyof typeof draftPaths;
export const machineFields = Object.keys(draftPaths) as readonly MachineField[];

/** Text keys below `validation`, for the fields that are wrong. */
export type MachineProblems = Readonly<Partial<Record<MachineField, string>>>;

/** The fields of a saved machine, or of a new one. */
export function formOf(machine: Machine | null): MachineForm {
  const { identity, notebook } = machine ?? {};
  return {
    name: machine?.name ?? '',
    host: machine?.route.host ?? '',
    port: String(machine?.route.port ?? 22),
    user: machine?.route.user ?? '',
    identityKind: identity?.kind ?? 'keyFile',
    keyPath: identity?.kind === 'keyFile' ? identity.path : '',
    workingFolder: machine?.workingFolder ?? '',
    notebookKind: notebook?.kind ?? 'auto',
    environmentPath: notebook?.kind === 'environment' ? notebook.path : '',
    commandLine: notebook?.kind === 'command' ? notebook.line : '',
    keepsCookies: machine?.keepsCookies ?? false,
  };
}

/** The draft that the fields make, or what is wrong with them. */
export function readForm(
  form: MachineForm,
  id: Machine['id'] | null,
): { readonly draft: MachineDraft } | { readonly problems: MachineProblems } {
  const parsed = MachineDraft.safeParse({
    id,
    name: form.name,
    route: {
      host: form.host,
      port: /^\s*\d+\s*$/.test(form.port) ? Number(form.port) : Number.NaN,
      user: form.user,
    },
    identity:
      form.identityKind === 'keyFile' ? { kind: 'keyFile', path: form.keyPath } : { kind: form.identityKind },
    workingFolder: form.workingFolder,
    notebook: notebookOf(form),
    keepsCookies: form.keepsCookies,
  });
  if (parsed.success) return { draft: parsed.data };
  const problems: Partial<Record<MachineField, string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = machineFields.find((candidate) => draftPaths[candidate] === path.join('.'));
    if (field) problems[field] ??= message;
  }
  return { problems };
}

function notebookOf(form: MachineForm): NotebookChoice {
  switch (form.notebookKind) {
    case 'auto':
      return { kind: 'auto' };
    case 'environment':
      return { kind: 'environment', path: form.environmentPath };
    case 'command':
      return { kind: 'command', line: form.commandLine };
  }
}

/** Takes `user@host:port`, as people paste it into the host field, apart; other texts stay as they are. */
export function splitPastedHost(form: MachineForm): MachineForm {
  const match = /^(?:ssh:\/\/)?(?:([^\s@/]+)@)([^\s:@/]+)(?::(\d{1,5}))?$/.exec(form.host.trim());
  const [, user, host, port] = match ?? [];
  if (!user || !host) return form;
  return { ...form, host, user, port: port ?? form.port };
}
