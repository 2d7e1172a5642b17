import { useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';
import { tabsStore } from '../../stores/tabs-store';

const onVisibilityChanged = (listener: () => void): (() => void) => {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
};

/** Has the machine measured while the user can see it: the window is not hidden, and no notebook is in front. */
export function useLooking(machineId: MachineId): void {
  const isVisible = useSyncExternalStore(onVisibilityChanged, () => document.visibilityState === 'visible');
  const isHomeInFront = useStore(tabsStore, ({ activeTabId }) => activeTabId === null);
  const isLooking = isVisible && isHomeInFront;
  useEffect(() => {
    if (!isLooking) return;
    nuvem.meters.look({ machineIds: [machineId] }).catch(showFailure);
    return () => {
      nuvem.meters.look({ machineIds: [] }).catch(showFailure);
    };
  }, [machineId, isLooking]);
}
