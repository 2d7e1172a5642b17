import { fileOf } from '../../shared/model/kernel';
import type { MachineId } from '../../shared/model/machine';
import type { TextOf } from '../desktop/texts';
import type { PlacedIncident } from '../jupyter/kernels/machine-kernels';
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
