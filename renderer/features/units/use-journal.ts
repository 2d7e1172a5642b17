import { useEffect, useState } from 'react';
import type { MachineId } from '../../../shared/model/machine';
import { journalLinesAtMost, type UnitId } from '../../../shared/model/service-unit';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** The last lines of a service's journal and those that come, for as long as this is shown; stands still while paused. */
export function useJournal(machineId: MachineId, unitId: UnitId, isPaused: boolean): readonly string[] {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    if (isPaused) return;
    const stopListening = nuvem.units.journal((batch) => {
      if (batch.machineId !== machineId || batch.unitId !== unitId) return;
      setLines((known) => [...(batch.isFirst ? [] : known), ...batch.lines].slice(-journalLinesAtMost));
    });
    nuvem.units.followJournal({ machineId, unitId }).catch(showFailure);
    return () => {
      stopListening();
      nuvem.units.followJournal({ machineId, unitId: null }).catch(showFailure);
    };
  }, [machineId, unitId, isPaused]);
  return lines;
}
