import { commandRunner } from './emr-step';

/** Where the program's driver runs: on the primary node, or on one that YARN chooses. */
export const deployModes = ['client', 'cluster'] as const;
export type DeployMode = (typeof deployModes)[number];

/** A Spark program and what it needs (Spark: "Submitting Applications"). */
export interface SparkSubmit {
  readonly deployMode: DeployMode;
  /** Where the script or jar lies, e.g. `s3://bucket/train.py`. */
  readonly script: string;
  /** Maven coordinates. */
  readonly packages: readonly string[];
  readonly jars: readonly string[];
  readonly pyFiles: readonly string[];
  /** Options that have no place of their own, e.g. `--conf`, `spark.executor.memory=4g`. */
  readonly options: readonly string[];
  /** The program's own. */
  readonly args: readonly string[];
}

/** The words after `command-runner.jar` that run it. */
export function sparkSubmitArgs(spark: SparkSubmit): readonly string[] {
  const list = (option: string, values: readonly string[]) =>
    values.length === 0 ? [] : [option, values.join(',')];
  return [
    ...['spark-submit', '--deploy-mode', spark.deployMode],
    ...list('--packages', spark.packages),
    ...list('--jars', spark.jars),
    ...list('--py-files', spark.pyFiles),
    ...spark.options,
    spark.script,
    ...spark.args,
  ];
}

/** Reads what `sparkSubmitArgs` wrote, or people in that form; null: it runs something else. */
export function readSparkSubmit(jar: string, words: readonly string[]): SparkSubmit | null {
  if (jar !== commandRunner || words[0] !== 'spark-submit') return null;
  const lists: Record<string, readonly string[]> = {};
  const options: string[] = [];
  let deployMode: DeployMode = 'client';
  for (let index = 1; index < words.length; index += 2) {
    const word = words[index] ?? '';
    if (!word.startsWith('-'))
      return {
        ...{ deployMode, script: word, options, args: words.slice(index + 1) },
        packages: lists['--packages'] ?? [],
        jars: lists['--jars'] ?? [],
        pyFiles: lists['--py-files'] ?? [],
      };
    const value = words[index + 1];
    const isFlag = flags.includes(word) || word.includes('=');
    if (isFlag) {
      options.push(word);
      index -= 1;
    } else if (value === undefined) return null;
    else if (word === '--deploy-mode' && (value === 'client' || value === 'cluster')) deployMode = value;
    else if (listOptions.includes(word) && lists[word] === undefined) lists[word] = value.split(',');
    else options.push(word, value);
  }
  return null;
}

const listOptions = ['--packages', '--jars', '--py-files'];
/** Those of spark-submit without a value. */
const flags = ['--verbose', '-v', '--supervise'];
