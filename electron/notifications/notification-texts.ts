import { fileOf } from '../../shared/model/kernel';
import type { MachineId } from '../../shared/model/machine';
import type { TextOf } from '../desktop/texts';
import type { PlacedIdleNews } from '../jupyter/idle/idle-service';
import type { PlacedIncident } from '../jupyter/kernels/machine-kernels';
import type { IdleEnd } from '../keeper/idle-ends';
import { durationText, nameOfKernel } from './kernel-news';
import type { FullResource } from './nearly-full';
import type { AppNotification } from './notifier';

const bytesPerGigabyte = 1024 ** 3;

/** What is said of a kernel. It names the machine and the notebook; nothing of a cell is in it. */
export function kernelNotification(
  { machineId, serverId, incident }: PlacedIncident,
  machine: string,
  textOf: TextOf,
): AppNotification {
  const { kernel } = incident;
  const name = nameOfKernel(kernel);
  const at = { about: `kernel ${kernel.id}`, machineId, serverId, path: fileOf(kernel) };
  switch (incident.kind) {
    case 'runEnded': {
      const title = textOf(`notification.run.${incident.outcome}`, { name });
      const duration = durationText(incident.durationMs);
      return { ...at, title, body: textOf('notification.run.body', { machine, duration }) };
    }
    case 'restartedByItself':
    case 'died':
      return {
        ...at,
        title: textOf(`notification.${incident.kind}.title`, { name }),
        body: textOf(`notification.${incident.kind}.body`, { machine }),
      };
  }
}

/** What is said of a machine whose memory, disk or GPU memory is nearly full. */
export function fullNotification(
  machineId: MachineId,
  { kind, place, usedBytes, totalBytes }: FullResource,
  machine: string,
  textOf: TextOf,
): AppNotification {
  const gigabytes = (bytes: number): string => (bytes / bytesPerGigabyte).toFixed(1);
  const numbers = { used: gigabytes(usedBytes), total: gigabytes(totalBytes) };
  const percent = Math.round((usedBytes / totalBytes) * 100);
  return {
    about: `full ${machineId} ${kind} ${place}`,
    title: textOf(`notification.full.${kind}`, { machine, place }),
    body: textOf('notification.full.body', { ...numbers, percent }),
    machineId,
    serverId: null,
    path: null,
  };
}

/** What is said of a server that nobody uses. */
export function idleNotification(
  { machineId, server, news }: PlacedIdleNews,
  machine: string,
  textOf: TextOf,
): AppNotification {
  const { serverId, folder } = server;
  const duration = durationText(news.kind === 'idle' ? news.forMs : news.inMs);
  const texts = { folder, machine, duration };
  return {
    about: `idle ${machineId} ${serverId}`,
    title: textOf(`notification.idle.${news.kind}.title`, texts),
    body: textOf(`notification.idle.${news.kind}.body`, texts),
    machineId,
    serverId,
    path: null,
    ...(news.kind === 'stopsSoon' && { keepText: textOf('notification.idle.keep') }),
  };
}

/** What is said of a server that its keeper has ended. */
export function idleEndNotification(
  machineId: MachineId,
  { folder, afterMs, atMs }: IdleEnd,
  machine: string,
  textOf: TextOf,
): AppNotification {
  const texts = { folder, machine, duration: durationText(afterMs) };
  return {
    about: `idle end ${machineId} ${folder} ${atMs}`,
    title: textOf('notification.idle.ended.title', texts),
    body: textOf('notification.idle.ended.body', texts),
    machineId,
    serverId: null,
    path: null,
  };
}
