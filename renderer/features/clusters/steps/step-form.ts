import {
  commandRunner,
  type EmrStep,
  EmrStepDraft,
  type LocalFile,
  type StepFailureAction,
} from '../../../../shared/model/emr-step';
import { below, readS3Uri, s3Uri } from '../../../../shared/model/s3-uri';
import { type DeployMode, readSparkSubmit, sparkSubmitArgs } from '../../../../shared/model/spark-submit';
import { shellWord } from '../../../../shared/util/shell-word';
import { shellWords } from '../../machines/shell-words';

/** What the dialog of a new step holds. */
export interface StepForm {
  readonly kind: 'spark' | 'command';
  readonly name: string;
  readonly onFailure: StepFailureAction;
  /** Of this computer; all of them are uploaded. */
  readonly files: readonly LocalFile[];
  /** Where they go. */
  readonly folder: string;
  readonly deployMode: DeployMode;
  readonly script: string;
  /** Shell words, as `options` and `command` are. */
  readonly args: string;
  /** Separated by commas, as the next two. */
  readonly packages: string;
  readonly jars: string;
  readonly pyFiles: string;
  readonly options: string;
  readonly jar: string;
  readonly mainClass: string;
  readonly command: string;
}

export type StepProblem =
  | 'name-invalid'
  | 'script-invalid'
  | 'words-invalid'
  | 'jar-invalid'
  | 'folder-invalid'
  | 'file-twice'
  | 'args-too-long';
export type StepProblems = Readonly<Partial<Record<keyof StepForm, StepProblem>>>;

/** A new step. `logUri` tells of a bucket that the user has; `nowMs` gives each step a folder of its own. */
export function newStepForm(logUri: string, nowMs: number): StepForm {
  const logs = readS3Uri(logUri);
  const stamp = new Date(nowMs)
    .toISOString()
    .replaceAll(/\.\d+Z|[-:]/g, '')
    .replace('T', '-');
  return {
    ...{ kind: 'spark', name: '', onFailure: 'CONTINUE', files: [], deployMode: 'client' },
    folder: logs === null ? '' : s3Uri({ bucket: logs.bucket, key: `nuvem/${stamp}/` }),
    ...{ script: '', args: '', packages: '', jars: '', pyFiles: '', options: '' },
    ...{ jar: commandRunner, mainClass: '', command: '' },
  };
}

/** The form that adds a step like that one; its files lie in S3 already. */
export function stepFormLike(step: EmrStep, fresh: StepForm): StepForm {
  const { name, onFailure, jar, mainClass } = step;
  const spark = readSparkSubmit(jar, step.args);
  const line = (words: readonly string[]) => words.map(shellWord).join(' ');
  const same = { ...fresh, name, onFailure };
  if (spark === null) return { ...same, kind: 'command', jar, mainClass, command: line(step.args) };
  return {
    ...same,
    ...{ kind: 'spark', deployMode: spark.deployMode, script: spark.script },
    ...{ args: line(spark.args), options: line(spark.options) },
    ...{
      packages: spark.packages.join(', '),
      jars: spark.jars.join(', '),
      pyFiles: spark.pyFiles.join(', '),
    },
  };
}

/** Where a file will lie; null: the folder is none of S3. */
export function uriOf({ folder }: Pick<StepForm, 'folder'>, { name }: LocalFile): string | null {
  const place = readS3Uri(folder.trim());
  return place && s3Uri(below(place, name));
}

/** The form with files added; the ones of the same path are not added again. */
export const withFiles = (form: StepForm, files: readonly LocalFile[]): StepForm => ({
  ...form,
  files: [...form.files, ...files.filter(({ path }) => form.files.every((file) => file.path !== path))],
});

/** The form with another folder for its files, also where their places are named. */
export function withFolder(form: StepForm, folder: string): StepForm {
  const places = form.files.flatMap((file) => {
    const [before, after] = [uriOf(form, file), uriOf({ folder }, file)];
    return before !== null && after !== null ? [{ before, after }] : [];
  });
  const moved = (text: string) =>
    places.reduce((current, { before, after }) => current.replaceAll(before, after), text);
  const { args, jars, pyFiles, options, command } = form;
  // It was chosen before there was a folder.
  const chosen = form.files.find(({ name }) => name === form.script);
  const script = chosen ? (uriOf({ folder }, chosen) ?? form.script) : moved(form.script);
  return {
    ...{ ...form, folder, script, args: moved(args), options: moved(options) },
    ...{ jars: moved(jars), pyFiles: moved(pyFiles), command: moved(command) },
  };
}

const list = (text: string): readonly string[] =>
  text
    .split(/[,\s]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** The step to add, or what is wrong with each field. */
export function readStepForm(
  form: StepForm,
): { readonly draft: EmrStepDraft } | { readonly problems: StepProblems } {
  const problems: { -readonly [Field in keyof StepForm]?: StepProblem } = {};
  const words = (field: 'args' | 'options' | 'command'): readonly string[] => {
    const read = shellWords(form[field]);
    if (read === null) problems[field] = 'words-invalid';
    return read ?? [];
  };
  if (new Set(form.files.map(({ name }) => name)).size < form.files.length) problems.files = 'file-twice';
  const uploads = form.files.map((file) => ({ path: file.path, uri: uriOf(form, file) ?? '' }));
  const isSpark = form.kind === 'spark';
  const script = form.script.trim();
  if (isSpark && script === '') problems.script = 'script-invalid';
  const args = isSpark
    ? sparkSubmitArgs({
        ...{ deployMode: form.deployMode, script, args: words('args'), options: words('options') },
        ...{ packages: list(form.packages), jars: list(form.jars), pyFiles: list(form.pyFiles) },
      })
    : words('command');
  const read = EmrStepDraft.safeParse({
    ...{ name: form.name, onFailure: form.onFailure, args, uploads },
    ...(isSpark
      ? { jar: commandRunner, mainClass: '' }
      : { jar: form.jar, mainClass: form.mainClass.trim() }),
  });
  for (const { path, message } of read.error?.issues ?? [])
    problems[fieldOf(path[0], isSpark)] ??= message as StepProblem;
  if (Object.keys(problems).length > 0 || !read.success) return { problems };
  return { draft: read.data };
}

function fieldOf(part: PropertyKey | undefined, isSpark: boolean): keyof StepForm {
  if (part === 'uploads') return 'folder';
  if (part === 'args') return isSpark ? 'args' : 'command';
  return part === 'jar' || part === 'mainClass' ? part : 'name';
}
