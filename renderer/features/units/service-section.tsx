import { Plus, RefreshCw, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import {
  isAtWork,
  type ServiceUnit,
  type UnitAction,
  wantsPassword,
} from '../../../shared/model/service-unit';
import { Button } from '../../components/button';
import { Nothing } from '../../components/page';
import { ProblemBox } from '../../components/problem-box';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { unitsOf, unitsStore } from '../../stores/units-store';
import { JournalDialog } from './journal-dialog';
import { LingeringLine } from './lingering-line';
import { NewServiceDialog } from './new-service-dialog';
import { SudoDialog } from './sudo-dialog';
import { actOnUnit, lookForUnits } from './unit-actions';
import { UnitRow } from './unit-row';

interface Question {
  readonly unit: ServiceUnit;
  readonly action: UnitAction;
}

/** The notebook servers that systemd keeps on a machine, and the way to make one. */
export function ServiceSection({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const { activity, found } = useStore(unitsStore, (all) => unitsOf(all, machine.id));
  const [isMaking, setIsMaking] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const [journalOf, setJournalOf] = useState<ServiceUnit | null>(null);
  const isBusy = isAtWork(activity);
  const isLooking = activity.kind === 'looking';
  const Icon = found === null ? Search : RefreshCw;
  const act = (unit: ServiceUnit, action: UnitAction) => {
    const asks = found !== null && wantsPassword(found.ways, unit.scope);
    if (asks || action === 'remove') setQuestion({ unit, action });
    else actOnUnit(machine.id, unit.id, action);
  };
  return (
    <Section
      id="services"
      title={t('title', { ns: 'units' })}
      actions={
        <>
          {found !== null && found.ways.system !== 'no-systemd' && (
            <Button
              variant="quiet"
              icon={<Plus aria-hidden />}
              isDisabled={isBusy}
              onPress={() => setIsMaking(true)}
            >
              {t('new.button', { ns: 'units' })}
            </Button>
          )}
          <Button
            variant="quiet"
            icon={isLooking ? <Spinner size={15} /> : <Icon aria-hidden />}
            isDisabled={isBusy}
            onPress={() => lookForUnits(machine.id)}
          >
            {t(found === null ? 'look' : 'lookAgain', { ns: 'units' })}
          </Button>
        </>
      }
    >
      {activity.kind === 'failed' && <ProblemBox texts={errorTexts(t, activity.error, machine)} />}
      {activity.kind === 'failed' && activity.error.details.length > 0 && (
        <pre className="selectable">{activity.error.details.join('\n')}</pre>
      )}
      {found === null || found.ways.system === 'no-systemd' ? (
        <Nothing>{t(found === null ? 'neverLooked' : 'noSystemd', { ns: 'units' })}</Nothing>
      ) : (
        <>
          {found.units.length === 0 ? (
            <Nothing>{t('none', { ns: 'units' })}</Nothing>
          ) : (
            <RowList>
              {found.units.map((unit) => (
                <UnitRow
                  key={unit.id}
                  unit={unit}
                  isActing={activity.kind === 'acting' && activity.unitId === unit.id}
                  isDisabled={isBusy}
                  onAct={(action) => act(unit, action)}
                  onJournal={() => setJournalOf(unit)}
                />
              ))}
            </RowList>
          )}
          <LingeringLine machineId={machine.id} ways={found.ways} isDisabled={isBusy} />
        </>
      )}
      {isMaking && found && (
        <NewServiceDialog machine={machine} ways={found.ways} onClose={() => setIsMaking(false)} />
      )}
      {journalOf && (
        <JournalDialog machineId={machine.id} unit={journalOf} onClose={() => setJournalOf(null)} />
      )}
      {question && found && (
        <SudoDialog
          title={t(`question.${question.action}`, { ns: 'units', folder: question.unit.folder })}
          explanation={t(question.action === 'remove' ? 'question.removeWhy' : 'question.sudoWhy', {
            ns: 'units',
          })}
          verb={t(`action.${question.action}`, { ns: 'units' })}
          isDangerous={question.action === 'remove'}
          asksForPassword={wantsPassword(found.ways, question.unit.scope)}
          onConfirm={(password) => actOnUnit(machine.id, question.unit.id, question.action, password)}
          onClose={() => setQuestion(null)}
        />
      )}
    </Section>
  );
}
