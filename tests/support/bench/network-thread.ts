import { BroadcastChannel } from 'node:worker_threads';
import '../../../electron/network-worker';
import { collectGarbage } from './collect-garbage';
import { type ProfileShare, startProfile, stopProfile } from './cpu-profile';
import { type ThreadTask, threadAnswers, threadTasks } from './thread-task';

/** The product's network thread with a hand inside. */
const tasks = new BroadcastChannel(threadTasks);
const answers = new BroadcastChannel(threadAnswers);
tasks.onmessage = (event) => {
  void run((event as { readonly data: ThreadTask }).data).then((shares) => answers.postMessage(shares));
};

async function run({ kind }: ThreadTask): Promise<readonly ProfileShare[]> {
  if (kind === 'collectGarbage') collectGarbage();
  if (kind === 'startProfile') await startProfile();
  return kind === 'stopProfile' ? stopProfile() : [];
}
