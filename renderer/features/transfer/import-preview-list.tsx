import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { collisionFinder } from '../../../shared/model/import-collision';
import { groupsWithoutItems } from '../../../shared/model/import-groups';
import type { ImportPlan } from '../../../shared/model/import-plan';
import { InheritableSetting } from '../../../shared/model/machine';
import { endText } from '../../../shared/model/tunnel';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Disclosure } from '../../components/disclosure';
import { Nothing } from '../../components/page';
import { RowList } from '../../components/row-list';
import { SearchField } from '../../components/search-field';
import { machinesStore } from '../../stores/machines-store';
import { ImportRow } from './import-row';
import { type ImportSelection, searchItems, withItems, withoutItems } from './import-selection';
import { LongList, rowsAtOnce } from './long-list';
import { remarkText } from './remark-text';
import styles from './transfer.module.css';

interface ImportPreviewListProps {
  readonly plan: ImportPlan;
  readonly selection: ImportSelection;
  readonly onSelectionChange: (selection: ImportSelection) => void;
  readonly trustsHostKeys: boolean;
  readonly onTrustChange: (trustsHostKeys: boolean) => void;
  readonly takesDefaults: boolean;
  readonly onDefaultsChange: (takesDefaults: boolean) => void;
}

/** What would be made, machine by machine, and what would not; nothing is changed by looking at it. */
export function ImportPreviewList({
  plan,
  selection,
  onSelectionChange,
  trustsHostKeys,
  onTrustChange,
  takesDefaults,
  onDefaultsChange,
}: ImportPreviewListProps) {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const [search, setSearch] = useState('');
  const [mostRows, setMostRows] = useState(rowsAtOnce);
  const find = useMemo(() => collisionFinder(machines), [machines]);
  const names = useMemo(() => new Map(plan.items.map(({ key, machine }) => [key, machine.name])), [plan]);
  const found = searchItems(plan.items, search);
  const { source, items, remarks, hostKeys, defaults } = plan;
  const emptyGroups = groupsWithoutItems(plan);
  return (
    <>
      <p className={styles.muted}>
        {t(`import.source.${source.kind}`)} <span className="mono selectable">{source.location}</span>
      </p>
      <p>{t('import.nothingChanged')}</p>
      {hostKeys.length > 0 && (
        <div>
          <Checkbox isSelected={trustsHostKeys} onChange={onTrustChange}>
            {t('import.trust', { count: hostKeys.length })}
          </Checkbox>
          <Disclosure title={t('import.hostKeys')}>
            <LongList
              texts={hostKeys.map(
                ({ host, port, keyType, fingerprint }) =>
                  `${endText({ kind: 'tcp', host, port })} ${keyType} ${fingerprint}`,
              )}
            />
          </Disclosure>
        </div>
      )}
      {defaults !== undefined && (
        <div>
          <Checkbox isSelected={takesDefaults} onChange={onDefaultsChange}>
            {t('import.takeDefaults')}
          </Checkbox>
          <p className={styles.muted}>
            {InheritableSetting.options
              .filter((setting) => setting in defaults)
              .map((setting) => t(`setting.${setting}`))
              .join(', ')}
          </p>
        </div>
      )}
      {remarks.length > 0 && (
        <Disclosure title={t('import.notTaken', { count: remarks.length })}>
          <LongList texts={remarks.map((remark) => remarkText(t, remark))} />
        </Disclosure>
      )}
      {emptyGroups.length > 0 && (
        <Disclosure title={t('import.emptyGroups', { count: emptyGroups.length })}>
          <LongList texts={emptyGroups.map((path) => path.join(' / '))} />
        </Disclosure>
      )}
      {items.length === 0 ? (
        <Nothing>{t('import.nothingFound')}</Nothing>
      ) : (
        <>
          <div className={styles.tools}>
            <SearchField
              label={t('machine.search')}
              value={search}
              onChange={setSearch}
              onSubmit={() => undefined}
            />
            <Button onPress={() => onSelectionChange(withItems(selection, found))}>{t('import.all')}</Button>
            <Button onPress={() => onSelectionChange(withoutItems(selection, found))}>
              {t('import.none')}
            </Button>
          </div>
          {found.length === 0 ? (
            <Nothing>{t('machine.noMatch')}</Nothing>
          ) : (
            <RowList label={t('import.list')}>
              {found.slice(0, mostRows).map((item) => (
                <ImportRow
                  key={item.key}
                  item={item}
                  names={names}
                  collision={find(item)}
                  replaces={selection.get(item.key)}
                  onChange={(replaces) =>
                    onSelectionChange(
                      replaces === undefined
                        ? withoutItems(selection, [item])
                        : new Map([...selection, [item.key, replaces]]),
                    )
                  }
                />
              ))}
            </RowList>
          )}
          {found.length > mostRows && (
            <Button onPress={() => setMostRows(mostRows + rowsAtOnce)}>
              {t('import.more', { count: found.length - mostRows })}
            </Button>
          )}
        </>
      )}
    </>
  );
}
