import type { AwsAccountId } from '../../shared/model/aws-account';
import type { AlarmsSnapshot } from '../../shared/model/metric-alarm';
import type { AwsAccountService } from '../aws/account-service';
import { AlarmService } from '../aws/metrics/alarm-service';
import type { AlarmNews } from '../aws/metrics/alarm-watch';
import { MetricReader } from '../aws/metrics/metric-reader';
import type { ToldAccountsStore } from '../aws/metrics/told-accounts';
import { showNativeNotification } from '../desktop/native-notification';
import type { NoticeBoard } from '../desktop/notice-board';
import type { TextOf } from '../desktop/texts';
import { alarmNotification } from '../notifications/alarm-notification';
import { Notifier, type PlainNotification } from '../notifications/notifier';
import { systemClock } from '../system/clock';
import { areNativeShown } from './notifications';

interface MetricsDependencies {
  readonly accounts: AwsAccountService;
  readonly told: ToldAccountsStore;
  readonly notices: NoticeBoard;
  readonly textOf: TextOf;
  readonly showWindow: () => void;
  readonly startInBackground: (work: Promise<void>) => void;
  readonly onAlarmsChanged: (snapshot: AlarmsSnapshot) => void;
}

export interface Metrics {
  readonly reader: MetricReader;
  readonly alarms: AlarmService;
  /** Ends watching, and takes away what is still shown. */
  stop(): void;
}

/** Makes what reads CloudWatch, and what tells the user of its alarms. */
export function makeMetrics(deps: MetricsDependencies): Metrics {
  const { accounts, notices, textOf } = deps;
  const session = (accountId: AwsAccountId) => accounts.session(accountId);
  const statusOf = (accountId: AwsAccountId) =>
    accounts.snapshot().accounts.find(({ account }) => account.id === accountId);
  const notifier = new Notifier<PlainNotification>({
    isShown: areNativeShown,
    showNative: showNativeNotification,
    showInWindow: ({ title, body }) => notices.post('info', 'told-in-window', { title, body }),
    open: deps.showWindow,
  });
  const alarms = new AlarmService({
    session,
    isSignedIn: (accountId) => statusOf(accountId)?.signIn.kind === 'known',
    told: deps.told,
    clock: systemClock,
    onChanged: deps.onAlarmsChanged,
    onNews: (accountId: AwsAccountId, news: AlarmNews) => {
      const account = statusOf(accountId)?.account.name ?? '';
      deps.startInBackground(notifier.tell(alarmNotification(news, account, textOf)));
    },
  });
  return {
    reader: new MetricReader({ session, nowMs: systemClock.nowMs }),
    alarms,
    stop: () => {
      alarms.stop();
      notifier.clear();
    },
  };
}
