import type { AlarmNews } from '../aws/metrics/alarm-watch';
import type { TextOf } from '../desktop/texts';
import type { PlainNotification } from './notifier';

/** What is said of an alarm of CloudWatch that is in another state. */
export function alarmNotification({ alarm }: AlarmNews, account: string, textOf: TextOf): PlainNotification {
  return {
    about: `alarm ${account} ${alarm.name}`,
    title: textOf(`notification.alarm.${alarm.state}`, { name: alarm.name }),
    body: textOf('notification.alarm.body', { account }),
  };
}
