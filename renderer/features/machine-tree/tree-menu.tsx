import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { nuvem } from '../../api/nuvem';
import { OpenMenu } from '../../components/menu';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import type { MenuRequest } from './tree-handlers';
import { groupMenu, listMenu, machineMenu } from './tree-menu-entries';

interface TreeMenuProps {
  readonly request: MenuRequest;
  readonly onClose: () => void;
}

/** The context menu of machines, of a group or of the whole list. */
export function TreeMenu({ request, onClose }: TreeMenuProps) {
  const { t } = useTranslation();
  const { machines, groups } = useStore(machinesStore);
  const connections = useStore(connectionsStore);
  const triggerRef = useRef<HTMLSpanElement>(null);
  const { row, machineIds, x, y } = request;
  const wanted = new Set(machineIds);
  const entries =
    machineIds.length > 0
      ? machineMenu(
          t,
          machines.filter(({ id }) => wanted.has(id)),
          groups,
          ({ id }) => connectionStateOf(connections, id),
        )
      : row?.kind === 'group'
        ? groupMenu(t, row.group, groups, (colour) => {
            nuvem.groups.save({ ...row.group, colour }).catch(showFailure);
          })
        : listMenu(t, groups);
  return (
    <>
      <span ref={triggerRef} aria-hidden style={{ position: 'fixed', left: x, top: y }} />
      <OpenMenu
        label={t(machineIds.length > 0 ? 'tree.machineMenu' : 'tree.menu')}
        entries={entries}
        triggerRef={triggerRef}
        onClose={onClose}
      />
    </>
  );
}
