import { isSameTag } from '../../../shared/model/machine';

/** The tags of a text in which commas stand between them, each once. */
export function readTags(text: string): readonly string[] {
  const tags: string[] = [];
  for (const part of text.split(',')) {
    const tag = part.trim();
    if (tag !== '' && !tags.some((known) => isSameTag(known, tag))) tags.push(tag);
  }
  return tags;
}
