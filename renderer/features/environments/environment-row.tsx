import { Boxes, Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Row, RowFacts, RowProblem, RowTitle } from '../../components/row-list';
import styles from './environments.module.css';

interface EnvironmentRowProps {
  readonly name: string;
  /** Where it is, or what it runs. */
  readonly place?: string;
  readonly facts: readonly string[];
  readonly problem?: string | null;
  readonly isInUse: boolean;
  /** Null: notebooks can't be started with it. */
  readonly onUse: (() => void) | null;
  /** More that can be done with it. */
  readonly actions?: ReactNode;
}

/** One way to get a Jupyter: its name, what it has, and whether notebooks start with it. */
export function EnvironmentRow(props: EnvironmentRowProps) {
  const { name, place = '', facts, problem = null, isInUse, onUse, actions } = props;
  const { t } = useTranslation();
  return (
    <Row
      icon={<Boxes aria-hidden size={18} />}
      actions={
        <>
          {actions}
          {isInUse ? (
            <span className={styles.inUse}>
              <Check aria-hidden size={15} />
              {t('inUse', { ns: 'environments' })}
            </span>
          ) : (
            onUse && (
              <Button aria-label={t('useNamed', { ns: 'environments', name })} onPress={onUse}>
                {t('use', { ns: 'environments' })}
              </Button>
            )
          )}
        </>
      }
    >
      <RowTitle>
        <span className="selectable">{name}</span>
      </RowTitle>
      <RowFacts>{facts.join(' · ')}</RowFacts>
      {place !== '' && <RowFacts isMono>{place}</RowFacts>}
      {problem !== null && <RowProblem>{problem}</RowProblem>}
    </Row>
  );
}
