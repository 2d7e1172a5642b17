import { useStore } from 'zustand';
import { assertNever } from '../../../shared/util/assert-never';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { promptsStore } from '../../stores/prompts-store';
import { CommandDialog } from './command-dialog';
import { HostKeyDialog } from './host-key-dialog';
import { NewPasswordDialog } from './new-password-dialog';
import { QuestionsDialog } from './questions-dialog';
import { SecretDialog } from './secret-dialog';
import { StartInstanceDialog } from './start-instance-dialog';

/** Shows the questions of all connections, one at a time. */
export function PromptDialogs() {
  const pending = useStore(promptsStore, ({ queue }) => queue[0]);
  const machineName = useStore(
    machinesStore,
    (list) => pending && findMachine(list, pending.machineId)?.name,
  );
  if (!pending) return null;
  const { prompt } = pending;
  const name = machineName ?? '';
  switch (prompt.kind) {
    case 'hostKey':
      return <HostKeyDialog key={prompt.promptId} prompt={prompt} machineName={name} />;
    case 'passphrase':
    case 'password':
      return <SecretDialog key={prompt.promptId} prompt={prompt} machineName={name} />;
    case 'command':
      return <CommandDialog key={prompt.promptId} prompt={prompt} machineName={name} />;
    case 'startInstance':
      return <StartInstanceDialog key={prompt.promptId} prompt={prompt} machineName={name} />;
    case 'newPassword':
      return <NewPasswordDialog key={prompt.promptId} prompt={prompt} machineName={name} />;
    case 'keyboardInteractive':
      return <QuestionsDialog key={prompt.promptId} prompt={prompt} machineName={name} />;
    default:
      return assertNever(prompt);
  }
}
