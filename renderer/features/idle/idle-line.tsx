import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ServerIdle } from '../../../shared/model/idle';
import type { MachineId } from '../../../shared/model/machine';
import type { NotebookServer } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { RowFacts } from '../../components/row-list';
import { useNow } from '../../components/use-now';
import { idleOf, idleStore } from '../../stores/idle-store';
import styles from './idle.module.css';
import { keepServer } from './idle-actions';
import { IdleDialog } from './idle-dialog';

interface IdleLineProps {
  readonly machineId: MachineId;
  readonly server: NotebookServer;
}

/** What happens to a server that nobody uses, when, and the ways to change it; nothing where that is not known. */
export function IdleLine({ machineId, server }: IdleLineProps) {
  const { t } = useTranslation();
  const idle = useStore(idleStore, (all) => idleOf(all, machineId, server.id));
  const [isChoosing, setIsChoosing] = useState(false);
  if (idle === null) return null;
  return (
    <>
      <IdleFacts idle={idle} />
      <div className={styles.buttons}>
        {idle.stopsAtMs !== null && (
          <Button variant="quiet" onPress={() => keepServer({ machineId, serverId: server.id })}>
            {t('idle.keep')}
          </Button>
        )}
        <Button variant="quiet" onPress={() => setIsChoosing(true)}>
          {t('idle.button')}
        </Button>
      </div>
      {isChoosing && (
        <IdleDialog machineId={machineId} server={server} idle={idle} onClose={() => setIsChoosing(false)} />
      )}
    </>
  );
}

const renewEveryMs = 5_000;

function IdleFacts({ idle }: { readonly idle: ServerIdle }) {
  const { t } = useTranslation();
  const { policy, countedBy, idleSinceMs, stopsAtMs } = idle;
  const nowMs = useNow(idleSinceMs === null ? null : renewEveryMs);
  if (policy.kind === 'nothing') return null;
  const hours = t('idle.hours', { count: policy.afterHours });
  const rest =
    idleSinceMs === null
      ? t('idle.inUse')
      : stopsAtMs === null
        ? t('idle.restsFor', { time: restText(t, nowMs - idleSinceMs) })
        : t('idle.stopsIn', { time: restText(t, stopsAtMs - nowMs) });
  return (
    <RowFacts>
      {t(`idle.${countedBy === 'nuvem' ? 'policyHere' : 'policy'}.${policy.kind}`, { hours })} {rest}
    </RowFacts>
  );
}

const minuteMs = 60_000;

/** `2 h 5 min`; what is less than a minute is said so. */
function restText(t: TFunction, ms: number): string {
  if (ms < minuteMs) return t('idle.underAMinute');
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
