import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import { canShowNative, showNativeNotification } from '../desktop/native-notification';
import type { NoticeBoard } from '../desktop/notice-board';
import { showsNotifications } from '../desktop/notification-presence';
import type { TextOf } from '../desktop/texts';
import type { PlacedIdleNews } from '../jupyter/idle/idle-service';
import type { PlacedIncident } from '../jupyter/kernels/machine-kernels';
import type { IdleEnd } from '../keeper/idle-ends';
import type { MeterService } from '../meter/meter-service';
import { type IncidentFacts, isWorthTelling } from '../notifications/kernel-news';
import { NearlyFull } from '../notifications/nearly-full';
import {
  fullNotification,
  idleEndNotification,
  idleNotification,
  kernelNotification,
} from '../notifications/notification-texts';
import { type AppNotification, Notifier } from '../notifications/notifier';

interface NotificationsDependencies {
  readonly notices: NoticeBoard;
  readonly meters: MeterService;
  readonly textOf: TextOf;
  /** @throws AppError `machine-not-found` */
  readonly nameOf: (machineId: MachineId) => string;
  readonly factsOf: (machineId: MachineId, serverId: ServerId) => IncidentFacts;
  /** Brings the window to the front, with what the notification tells of. */
  readonly open: (notification: AppNotification) => void;
  readonly startInBackground: (work: Promise<void>) => void;
}

export interface Notifications {
  tellIncident(placed: PlacedIncident): void;
  tellIdle(news: PlacedIdleNews): void;
  tellIdleEnd(machineId: MachineId, end: IdleEnd): void;
  /** From now on says when something of that machine becomes nearly full, while it is connected. */
  lookAfter(machineId: MachineId): void;
  forget(machineId: MachineId): void;
  clear(): void;
}

const measureEveryMs = 60_000;
const runProgram = promisify(execFile);

/** Whether something on this desktop shows notifications. */
export const areNativeShown = async (): Promise<boolean> =>
  canShowNative() &&
  (await showsNotifications(
    process.platform,
    async (program, args) => (await runProgram(program, args, { timeout: 2500 })).stdout,
  ));

/** Makes what tells the user of kernels and machines: by the system's notifications, or in the window. */
export function makeNotifications(deps: NotificationsDependencies): Notifications {
  const { notices, meters, textOf, nameOf, factsOf, open, startInBackground } = deps;
  const ends = new Map<MachineId, () => void>();
  const notifier = new Notifier({
    isShown: areNativeShown,
    showNative: showNativeNotification,
    showInWindow: ({ title, body, machineId, serverId, path, keepText }) => {
      const server = serverId === null ? {} : { serverId };
      const keep = keepText === undefined ? {} : { keepText };
      const file = path === null ? {} : { path };
      notices.post('info', 'told-in-window', { title, body, machineId, ...server, ...file, ...keep });
    },
    open,
  });
  return {
    tellIncident: (placed) => {
      const { machineId, serverId, incident } = placed;
      if (!isWorthTelling(incident, factsOf(machineId, serverId))) return;
      startInBackground(notifier.tell(kernelNotification(placed, nameOf(machineId), textOf)));
    },
    tellIdle: (news) =>
      startInBackground(notifier.tell(idleNotification(news, nameOf(news.machineId), textOf))),
    tellIdleEnd: (machineId, end) =>
      startInBackground(notifier.tell(idleEndNotification(machineId, end, nameOf(machineId), textOf))),
    lookAfter: (machineId) => {
      if (ends.has(machineId)) return;
      const nearlyFull = new NearlyFull();
      const end = meters.want(machineId, measureEveryMs, (sample) => {
        for (const resource of nearlyFull.learn(sample)) {
          startInBackground(notifier.tell(fullNotification(machineId, resource, nameOf(machineId), textOf)));
        }
      });
      ends.set(machineId, end);
    },
    forget: (machineId) => {
      ends.get(machineId)?.();
      ends.delete(machineId);
    },
    clear: () => notifier.clear(),
  };
}
