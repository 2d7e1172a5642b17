import { useTranslation } from 'react-i18next';
import type { ImportCollision } from '../../../shared/model/import-collision';
import type { ImportItem, ImportKey } from '../../../shared/model/import-plan';
import type { MachineId } from '../../../shared/model/machine';
import { placeOfChoice } from '../../../shared/model/notebook-choice';
import { Checkbox } from '../../components/checkbox';
import { RowFacts, RowProblem } from '../../components/row-list';
import { Select } from '../../components/select';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { proxyText, routeText } from '../machines/route-text';
import { waysText } from '../tunnels/tunnel-title';
import { remarkText } from './remark-text';
import styles from './transfer.module.css';

interface ImportRowProps {
  readonly item: ImportItem;
  /** Of all items. */
  readonly names: ReadonlyMap<ImportKey, string>;
  readonly collision: ImportCollision | null;
  /** The machine whose place it takes; null: a new machine; undefined: it is not chosen. */
  readonly replaces: MachineId | null | undefined;
  readonly onChange: (replaces: MachineId | null | undefined) => void;
}

/** One machine that would be made. */
export function ImportRow({ item, names, collision, replaces, onChange }: ImportRowProps) {
  const { t } = useTranslation();
  const { machine, groupPath, tunnels, remarks } = item;
  const { route, identity, tags, isFavourite, notebook, workingFolder } = machine;
  const isChosen = replaces !== undefined;
  const way = [
    ...(route.proxy === null ? [] : [proxyText(route.proxy)]),
    ...route.jumps.map((jump) =>
      jump.kind === 'inline'
        ? routeText(jump)
        : jump.kind === 'item'
          ? (names.get(jump.key) ?? jump.key)
          : (findMachine(machinesStore.getState(), jump.machineId)?.name ?? ''),
    ),
  ];
  return (
    <li className={styles.item}>
      <Checkbox isSelected={isChosen} onChange={(isSelected) => onChange(isSelected ? null : undefined)}>
        {machine.name}
      </Checkbox>
      <div className={styles.facts}>
        <RowFacts isMono>{routeText(route)}</RowFacts>
        <RowFacts>
          {t(`identity.${identity.kind}`)}
          {identity.kind === 'agent' && identity.pinnedKey !== null && ` (${t('identity.onePinned')})`}
          {identity.kind === 'agent' && <span className="mono selectable"> {identity.socketPath}</span>}
          {identity.kind === 'keyFile' && <span className="mono selectable"> {identity.path}</span>}
        </RowFacts>
        {way.length > 0 && <RowFacts>{t('import.way', { way: way.join(' → ') })}</RowFacts>}
        {groupPath.length > 0 && <RowFacts>{t('import.group', { group: groupPath.join(' / ') })}</RowFacts>}
        {tags.length > 0 && <RowFacts>{t('import.tags', { tags: tags.join(', ') })}</RowFacts>}
        {isFavourite && <RowFacts>{t('import.favourite')}</RowFacts>}
        {workingFolder !== '' && <RowFacts>{t('import.folder', { folder: workingFolder })}</RowFacts>}
        {notebook.kind !== 'auto' && (
          <RowFacts>
            {t(`import.notebook.${notebook.kind}`)}
            <span className="mono selectable"> {placeOfChoice(notebook)}</span>
          </RowFacts>
        )}
        {tunnels.map((tunnel) => (
          <RowFacts key={JSON.stringify(tunnel)}>
            {t('import.tunnel', { way: [tunnel.name, waysText(t, tunnel)].filter(Boolean).join(': ') })}
          </RowFacts>
        ))}
        {route.proxy?.kind === 'command' && <RowProblem>{t('import.command')}</RowProblem>}
        {[...new Set(remarks.map((remark) => remarkText(t, remark)))].map((text) => (
          <RowProblem key={text}>{text}</RowProblem>
        ))}
        {collision && (
          <RowProblem>{t(`import.collision.${collision.by}`, { name: collision.machine.name })}</RowProblem>
        )}
        {collision && isChosen && (
          <Select
            label={t('import.onCollision')}
            value={replaces === null ? 'both' : 'replace'}
            options={[
              { value: 'both', text: t('import.keepBoth') },
              { value: 'replace', text: t('import.replace', { name: collision.machine.name }) },
            ]}
            onChange={(value) => onChange(value === 'replace' ? collision.machine.id : null)}
          />
        )}
      </div>
    </li>
  );
}
