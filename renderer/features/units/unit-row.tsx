import { Ellipsis, ServerCog } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceUnit, UnitAction } from '../../../shared/model/service-unit';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { type MenuEntry, OpenMenu } from '../../components/menu';
import { Row, RowFacts, RowProblem, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';

interface UnitRowProps {
  readonly unit: ServiceUnit;
  /** Something is being done with it. */
  readonly isActing: boolean;
  readonly isDisabled: boolean;
  readonly onAct: (action: UnitAction) => void;
  readonly onJournal: () => void;
}

/** One service: what it serves, how it is, and what can be done with it. */
export function UnitRow({ unit, isActing, isDisabled, onAct, onJournal }: UnitRowProps) {
  const { t } = useTranslation();
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const menuRef = useRef<HTMLButtonElement>(null);
  const { folder, state, result, restarts, isEnabled, scope, name } = unit;
  const runs = state === 'active' || state === 'activating';
  const facts = [
    t(`state.${state}`, { ns: 'units' }),
    t(`scope.${scope}`, { ns: 'units' }),
    state !== 'missing' && t(isEnabled ? 'enabled' : 'disabled', { ns: 'units' }),
    restarts > 0 && t('restarts', { ns: 'units', count: restarts }),
  ].filter(Boolean);
  const entry = (action: UnitAction): MenuEntry => ({
    kind: 'action',
    id: action,
    text: t(`action.${action}`, { ns: 'units' }),
    run: () => onAct(action),
  });
  const isThere = state !== 'missing';
  return (
    <Row
      icon={isActing ? <Spinner size={18} /> : <ServerCog aria-hidden size={18} />}
      actions={
        <>
          {isThere && (
            <Button variant="quiet" onPress={onJournal}>
              {t('journal.open', { ns: 'units' })}
            </Button>
          )}
          {isThere && (
            <Button isDisabled={isDisabled} onPress={() => onAct(runs ? 'stop' : 'start')}>
              {t(runs ? 'action.stop' : 'action.start', { ns: 'units' })}
            </Button>
          )}
          <IconButton
            ref={menuRef}
            label={t('more', { ns: 'units', folder })}
            isDisabled={isDisabled}
            onPress={() => setIsMenuOpen(true)}
          >
            <Ellipsis aria-hidden />
          </IconButton>
          {isMenuOpen && (
            <OpenMenu
              label={t('more', { ns: 'units', folder })}
              triggerRef={menuRef}
              onClose={() => setIsMenuOpen(false)}
              entries={[
                ...(runs ? [entry('restart')] : []),
                ...(isThere ? [entry(isEnabled ? 'disable' : 'enable')] : []),
                { kind: 'separator', id: 'rule' },
                entry('remove'),
              ]}
            />
          )}
        </>
      }
    >
      <RowTitle>
        <span className="mono selectable">{folder}</span>
      </RowTitle>
      <RowFacts>{facts.join(' · ')}</RowFacts>
      <RowFacts isMono>{name}</RowFacts>
      {state === 'failed' && <RowProblem>{t('failedWith', { ns: 'units', result })}</RowProblem>}
      {state === 'missing' && <RowProblem>{t('missingHint', { ns: 'units' })}</RowProblem>}
    </Row>
  );
}
