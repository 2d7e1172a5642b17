import { AppError } from '../../shared/errors/app-error';
import type { Hop } from '../../shared/model/way';

/** Nothing that a shell, POSIX or cmd, reads as more than text, wherever in the command it stands. */
const plainText = /^(?!-)[\p{L}\p{N}_.:@+,=-]+$/u;
/** The zone of an IPv6 address; cmd would need a second `%` to see a variable in it. */
const zonedAddress = /^[\da-f:.]+%[\w.-]+$/i;

/**
 * The command with its tokens filled in, as ssh_config(5) has them: `%h` host, `%p` port, `%r` user, `%n` the name
 * of the machine. As in OpenSSH nothing is quoted, for a command may have the token in quotes already: what is more
 * than plain text is refused instead.
 * @throws proxy-command-unsafe
 */
export function expandProxyCommand(line: string, { host, port, user, name }: Hop): string {
  return line.replace(/%([%hnpr])/g, (_token, letter: string) => {
    switch (letter) {
      case 'h':
        return plain(host.replace(/^\[(.*)\]$/, '$1'));
      case 'p':
        return String(port);
      case 'r':
        return plain(user);
      case 'n':
        return plain(name);
      default:
        return '%';
    }
  });
}

function plain(value: string): string {
  if (plainText.test(value) || zonedAddress.test(value)) return value;
  throw new AppError('proxy-command-unsafe', { value });
}
