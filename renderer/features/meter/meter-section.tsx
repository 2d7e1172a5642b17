import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import { Nothing } from '../../components/page';
import { Section } from '../../components/section';
import { errorTexts } from '../../i18n/error-texts';
import { meterStateOf, metersStore } from '../../stores/meters-store';
import { Gauges } from './gauges';
import { useLooking } from './use-looking';

/** How busy a connected machine is, measured while this is seen. */
export function MeterSection({ machineId }: { readonly machineId: MachineId }) {
  const { t } = useTranslation();
  const state = useStore(metersStore, (meters) => meterStateOf(meters, machineId));
  useLooking(machineId);
  return (
    <Section id="meter" title={t('meter.title')}>
      {state.kind === 'measuring' ? (
        <Gauges machineId={machineId} sample={state.sample} />
      ) : state.kind === 'failed' ? (
        <Nothing>{t('meter.failed', { reason: errorTexts(t, state.error).what })}</Nothing>
      ) : (
        <Nothing>{t('meter.starting')}</Nothing>
      )}
    </Section>
  );
}
