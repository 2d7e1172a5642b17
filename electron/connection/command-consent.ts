import { AppError } from '../../shared/errors/app-error';
import type { ProxyCommand } from '../../shared/model/machine';
import type { Hop } from '../../shared/model/way';
import type { OverProxy } from './attempt';
import type { AttemptHost } from './attempt-host';
import type { CommandConfirmation } from './confirmed-commands';
import { commandPrompt } from './prompts';
import { expandProxyCommand } from './proxy-command';

/** Lets a proxy command run only once the user has confirmed exactly what will run. */
export class CommandConsent {
  constructor(
    private readonly proxy: ProxyCommand,
    private readonly firstHop: Hop,
    private readonly deps: { readonly confirmedCommands: CommandConfirmation },
  ) {}

  /** @throws proxy-command-unsafe, cancelled, store-disk-full, store-write-failed */
  async access(host: AttemptHost): Promise<OverProxy> {
    const command = expandProxyCommand(this.proxy.line, this.firstHop);
    const { confirmedCommands } = this.deps;
    if (!confirmedCommands.has(command)) {
      const { kind } = await host.ask(commandPrompt(command));
      if (kind !== 'command') throw new AppError('internal');
      confirmedCommands.confirm(command);
    }
    return { kind: 'command', command };
  }
}
