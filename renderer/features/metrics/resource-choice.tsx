import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MetricResource, mostCompared } from '../../../shared/model/metric';
import { Checkbox } from '../../components/checkbox';
import { SearchField } from '../../components/search-field';
import { labelOf } from './chart-data';
import styles from './metrics.module.css';

/** More than that is searched. */
const mostShown = 24;

interface ResourceChoiceProps {
  readonly label: string;
  readonly resources: readonly MetricResource[];
  readonly chosenIds: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Which resources are compared; those that are chosen come first. */
export function ResourceChoice({ label, resources, chosenIds, onChange }: ResourceChoiceProps) {
  const { t } = useTranslation('metrics');
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const isFound = (resource: MetricResource) =>
    words.every((word) => labelOf(resource).toLowerCase().includes(word));
  const isChosen = ({ id }: MetricResource) => chosenIds.includes(id);
  const found = resources.filter((resource) => isFound(resource) || isChosen(resource));
  const shown =
    found.length <= mostShown
      ? found
      : [...found.filter(isChosen), ...found.filter((resource) => !isChosen(resource))].slice(0, mostShown);
  const toggle = (id: string, isWanted: boolean) => {
    const others = chosenIds.filter((other) => other !== id);
    if (!isWanted) onChange(others);
    else if (others.length < mostCompared) onChange([...others, id]);
  };
  return (
    <fieldset className={styles.resources}>
      <legend>{label}</legend>
      {resources.length > mostShown && (
        <SearchField
          label={t('searchResources')}
          value={search}
          onChange={setSearch}
          onSubmit={() => undefined}
        />
      )}
      <div className={styles.boxes}>
        {shown.map((resource) => (
          <Checkbox
            key={resource.id}
            isSelected={isChosen(resource)}
            onChange={(isWanted) => toggle(resource.id, isWanted)}
          >
            {labelOf(resource)}
          </Checkbox>
        ))}
      </div>
      {found.length > shown.length && (
        <p className={styles.muted}>{t('moreResources', { count: found.length - shown.length })}</p>
      )}
      {chosenIds.length >= mostCompared && (
        <p className={styles.muted}>{t('atMost', { count: mostCompared })}</p>
      )}
    </fieldset>
  );
}
