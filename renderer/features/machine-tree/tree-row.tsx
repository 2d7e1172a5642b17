import { ChevronRight, Folder, Star } from 'lucide-react';
import { Fragment, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isSaved } from '../../../shared/model/machine';
import { ColourMark } from '../../components/colour-mark';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { statusOf } from '../connection/status';
import { StatusIcon } from '../connection/status-icon';
import { routeText } from '../machines/route-text';
import { Highlighted } from './highlighted';
import { type MatchRanges, tagsText } from './machine-search';
import styles from './machine-tree.module.css';
import type { DropMark } from './tree-drop';
import type { GroupRow, MachineRow, SectionRow, TreeRow } from './tree-rows';

interface TreeRowViewProps {
  readonly row: TreeRow;
  readonly index: number;
  /** In pixels, from the top of the list. */
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
  /** The one row that Tab leads to. */
  readonly hasTabStop: boolean;
  readonly dropMark: DropMark | null;
}

/** One line of the tree; what happens to it is handled by the tree. */
export const TreeRowView = memo(function TreeRowView(props: TreeRowViewProps) {
  const { row, index, top, height, isSelected, hasTabStop, dropMark } = props;
  const isMachine = row.kind === 'machine';
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      {...(isMachine ? { 'aria-selected': isSelected } : { 'aria-expanded': row.isExpanded })}
      tabIndex={hasTabStop ? 0 : -1}
      draggable={row.kind === 'group' || (isMachine && isSaved(row.machine))}
      data-index={index}
      data-drop={dropMark}
      className={`${styles.row} ${styles[row.kind]}`}
      style={{ top, height, ['--level' as string]: row.level }}
    >
      {isMachine ? (
        <MachineLine row={row} />
      ) : row.kind === 'group' ? (
        <GroupLine row={row} />
      ) : (
        <SectionLine row={row} />
      )}
    </div>
  );
});

function MachineLine({ row }: { readonly row: MachineRow }) {
  const { t } = useTranslation();
  const { machine, found, section } = row;
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, machine.id));
  const { tone } = statusOf(state);
  const { name, isFavourite, colour } = machine;
  return (
    <>
      <StatusIcon tone={tone} />
      <span className={styles.name} title={name}>
        <Highlighted text={name.normalize('NFC')} ranges={found?.matches.name ?? []} />
      </span>
      <span className={styles.marks}>
        <span className={tone === 'idle' ? 'visuallyHidden' : styles.status}>
          {t(`status.short.${tone}`)}
        </span>
        {isFavourite && section !== 'favourites' && (
          <Star role="img" aria-label={t('tree.favourite')} fill="currentColor" className={styles.star} />
        )}
        <ColourMark colour={colour} />
      </span>
      <Details row={row} />
    </>
  );
}

/** Where the machine is and how it is marked; of a search, first what was found. */
function Details({ row: { machine, found } }: { readonly row: MachineRow }) {
  const { t } = useTranslation();
  const details = [
    // Outside of a search it stands in a section that says so.
    { field: 'mark', text: isSaved(machine) || found === null ? '' : t('unsaved.mark') },
    { field: 'route', text: routeText(machine.route).normalize('NFC') },
    { field: 'tags', text: tagsText(machine.tags).normalize('NFC') },
    { field: 'group', text: found?.groupPath.normalize('NFC') ?? '' },
  ] as const;
  const rangesOf = ({ field }: (typeof details)[number]): MatchRanges =>
    field === 'mark' ? [] : (found?.matches[field] ?? []);
  const isMatched = (detail: (typeof details)[number]): boolean => rangesOf(detail).length > 0;
  const shown = [...details.filter(isMatched), ...details.filter((detail) => !isMatched(detail))].filter(
    ({ text }) => text !== '',
  );
  return (
    <span className={styles.route} title={shown.map(({ text }) => text).join(' · ')}>
      {shown.map((detail, index) => (
        <Fragment key={detail.field}>
          {index > 0 && ' · '}
          <Highlighted text={detail.text} ranges={rangesOf(detail)} />
        </Fragment>
      ))}
    </span>
  );
}

function GroupLine({ row }: { readonly row: GroupRow }) {
  const { t } = useTranslation();
  const { group, machineCount } = row;
  return (
    <>
      <ChevronRight aria-hidden className={styles.chevron} />
      <Folder aria-hidden className={styles.folder} />
      <span className={styles.groupName} title={group.name}>
        {group.name}
      </span>
      <ColourMark colour={group.colour} />
      <span className={styles.count}>
        <span aria-hidden>{machineCount}</span>
        <span className="visuallyHidden">{t('tree.machineCount', { count: machineCount })}</span>
      </span>
    </>
  );
}

function SectionLine({ row }: { readonly row: SectionRow }) {
  const { t } = useTranslation();
  return (
    <>
      <ChevronRight aria-hidden className={styles.chevron} />
      {t(`tree.section.${row.section}`)}
    </>
  );
}
