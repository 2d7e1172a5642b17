import { type Identity, isSaved, type Machine, type MachineDraft } from '../../../shared/model/machine';
import type { MachineList } from '../../../shared/model/machine-list';
import type { Forward } from '../../../shared/model/tunnel';
import { filledForm } from '../machines/fill-from-target';
import { identityFormOf } from '../machines/identity-form';
import { changedForm, newFormIn } from '../machines/inherited-form';
import { type MachineForm, readForm } from '../machines/machine-form';
import { parseSshTarget, type SshTarget } from '../machines/ssh-target';

/** A server to connect to, as it was typed. */
export interface QuickTarget {
  readonly kind: 'target';
  /** With the default settings in their place, as a new machine has them. */
  readonly draft: MachineDraft;
  readonly forwards: readonly Forward[];
  /** The text says what to sign in with. */
  readonly hasKey: boolean;
  /** Null: the text says it. */
  readonly userFrom: 'defaults' | 'computer' | null;
  /** Parts of the text that have no place in a machine. */
  readonly ignored: readonly string[];
  /** The saved machine that is just this server. */
  readonly saved: Machine | null;
  /** The text can hardly be anything else, as a name could. */
  readonly isPlain: boolean;
}

/** What is wrong with a part of the text; `problem` is a text key below `validation.`. */
export interface QuickProblem {
  /** As the machine editor has it. */
  readonly field: string;
  readonly problem: string;
}

/** What a text in the search box says about a server to connect to. */
export type QuickReading =
  | { readonly kind: 'none' }
  /** It begins like an address or a command. */
  | { readonly kind: 'notUnderstood' }
  | { readonly kind: 'wrong'; readonly problems: readonly QuickProblem[] }
  | QuickTarget;

interface QuickFacts {
  readonly list: MachineList;
  /** Of who runs Nuvem. */
  readonly userName: string;
  /** For this server and inline jump hosts, unless the text names a key. */
  readonly identity: Identity;
}

/** Reads what `parseSshTarget` reads, and the options of a command without its `ssh`. */
export function readQuickTarget(text: string, { list, userName, identity }: QuickFacts): QuickReading {
  const isAddress = /^\s*(?:ssh(?:\.exe)?\s+\S|ssh:\/\/|\S+@|\[[\da-f:.%]+\]|[^\s:]+:\d+\s*$)/i.test(text);
  if (/(?:^|\s)tag:/i.test(text)) return { kind: 'none' };
  const target = parseSshTarget(text) ?? (text.includes('@') ? parseSshTarget(`ssh ${text}`) : null);
  if (target === null) return { kind: isAddress ? 'notUnderstood' : 'none' };
  const saved = list.machines.filter(isSaved);
  const empty = newFormIn(null, list);
  const form = changedForm(empty, formPart(empty, target, { saved, userName, identity }));
  const read = readForm(form, null, saved);
  if ('problems' in read) {
    const problems = Object.entries(read.problems).flatMap(([field, problem]) =>
      problem === undefined ? [] : [{ field, problem }],
    );
    return { kind: 'wrong', problems };
  }
  return {
    kind: 'target',
    draft: read.draft,
    forwards: target.forwards,
    hasKey: target.keyPath !== null,
    userFrom: target.user !== null ? null : empty.user === '' ? 'computer' : 'defaults',
    ignored: target.ignored,
    saved: saysMore(target) ? null : (saved.find((machine) => isAt(machine, read.draft)) ?? null),
    isPlain: isAddress,
  };
}

/** What the text says, over what a new machine has; what is left out is as ssh has it. */
function formPart(
  empty: MachineForm,
  target: SshTarget,
  { saved, userName, identity }: Omit<QuickFacts, 'list'> & { readonly saved: readonly Machine[] },
): MachineForm {
  const filled = filledForm(empty, target, saved);
  const signIn = identityFormOf(identity);
  return {
    ...filled,
    ...(target.keyPath === null && signIn),
    port: target.port === null ? empty.port : filled.port,
    user: filled.user || userName,
    jumps:
      target.jumps.length === 0
        ? empty.jumps
        : filled.jumps.map((jump) => ({ ...jump, user: jump.user || userName, ...signIn })),
  };
}

const saysMore = ({ keyPath, jumps, proxyLine, forwards }: SshTarget): boolean =>
  keyPath !== null || jumps.length > 0 || proxyLine !== null || forwards.length > 0;

const isAt = ({ route }: Machine, draft: MachineDraft): boolean =>
  route.host.toLowerCase() === draft.route.host.toLowerCase() &&
  route.port === draft.route.port &&
  route.user === draft.route.user;

/** What Enter in the search box does. */
export type EnterChoice =
  | { readonly kind: 'machine'; readonly machine: Machine }
  | { readonly kind: 'quick'; readonly target: QuickTarget }
  | { readonly kind: 'none' };

/** A saved machine that is the server typed; the server; else the best match of the search, and a bare name last. */
export function enterChoice(reading: QuickReading, bestMatch: Machine | undefined): EnterChoice {
  const target = reading.kind === 'target' ? reading : null;
  const machine = target?.saved ?? (target?.isPlain ? null : bestMatch);
  if (machine) return { kind: 'machine', machine };
  return target === null ? { kind: 'none' } : { kind: 'quick', target };
}
