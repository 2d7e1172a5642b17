import type { Finding } from './electronegativity';

/** The findings that a document answers: rows `| check | file | times | answer |` of its tables. */
export function answeredFindings(markdown: string): readonly Finding[] {
  return markdown.split('\n').flatMap((line) => {
    const [, check = '', file = '', times = '', answer = ''] = line.split('|').map((cell) => cell.trim());
    const isFinding = /^`[A-Z_]+_CHECK`$/.test(check) && answer !== '';
    return isFinding ? [{ check: unquoted(check), file: unquoted(file), times: Number(times) }] : [];
  });
}

/** What was found without an answer, and what is answered without being there, each as a line for people. */
export function compareFindings(found: readonly Finding[], answered: readonly Finding[]): readonly string[] {
  const has = (list: readonly Finding[], { check, file, times }: Finding): boolean =>
    list.some((other) => other.check === check && other.file === file && other.times === times);
  const asText = ({ check, file, times }: Finding): string => `${check} in ${file}, ${times} times`;
  return [
    ...found.filter((one) => !has(answered, one)).map((one) => `not answered: ${asText(one)}`),
    ...answered.filter((one) => !has(found, one)).map((one) => `answered, but not there: ${asText(one)}`),
  ];
}

const unquoted = (text: string): string => text.replaceAll('`', '');
