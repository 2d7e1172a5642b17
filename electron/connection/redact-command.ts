import { redactSecrets, secretNames } from '../../shared/util/redact-secrets';

const bare = new RegExp(`((?:${secretNames})["']?\\s+(?:(?:basic|bearer)\\s+)?)\\S+`, 'gi');

/**
 * One line of a command, or of what it says, without control characters and without what looks like a secret; in a
 * command that is also whatever follows the name of one. At most 500 characters.
 */
export function redactCommand(text: string): string {
  return redactSecrets(text.replace(/[^\P{Cc}\t]/gu, ''))
    .replace(bare, '$1…')
    .trim()
    .slice(0, 500);
}
