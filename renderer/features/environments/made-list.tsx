import { PackageCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import type { MadeRecipe } from '../../../shared/model/recipe';
import { Button } from '../../components/button';
import { Disclosure } from '../../components/disclosure';
import { Row, RowFacts, RowList, RowTitle } from '../../components/row-list';
import { UndoDialog } from './undo-dialog';

interface MadeListProps {
  readonly machine: Machine;
  readonly made: readonly MadeRecipe[];
  /** Nothing is being set up or taken back. */
  readonly canUndo: boolean;
}

/** What Nuvem has set up on a machine, in this run or an earlier one, each to be taken back. Nothing without any. */
export function MadeList({ machine, made, canUndo }: MadeListProps) {
  const { t, i18n } = useTranslation();
  const [leaving, setLeaving] = useState<MadeRecipe | null>(null);
  const timeText = (atMs: number) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
  const title = t('made.title', { ns: 'environments', count: made.length });
  return (
    <>
      {made.length > 0 && (
        <Disclosure title={title}>
          <RowList label={title}>
            {made.map((one) => {
              const name = t(`made.${one.recipe.kind}`, { ns: 'environments' });
              const key = one.end === 'done' ? 'since' : one.end;
              return (
                <Row
                  key={one.id}
                  icon={<PackageCheck aria-hidden size={18} />}
                  actions={
                    <Button
                      variant="quiet"
                      isDisabled={!canUndo}
                      aria-label={t('made.undoNamed', { ns: 'environments', name, place: one.place })}
                      onPress={() => setLeaving(one)}
                    >
                      {t('made.undo', { ns: 'environments' })}
                    </Button>
                  }
                >
                  <RowTitle>
                    <span className="selectable">{name}</span>
                  </RowTitle>
                  <RowFacts>
                    {t(`made.${key}`, { ns: 'environments', time: timeText(one.startedAtMs) })}
                  </RowFacts>
                  <RowFacts isMono>{one.place}</RowFacts>
                </Row>
              );
            })}
          </RowList>
        </Disclosure>
      )}
      {leaving && <UndoDialog machine={machine} made={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}
