import { ArrowLeft, ArrowRight, Copy, ExternalLink, ListX, Undo2, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { WebTab } from '../../../shared/model/tab';
import { type MenuEntry, OpenMenu } from '../../components/menu';
import { tabsStore } from '../../stores/tabs-store';
import {
  closeOtherTabs,
  closeTab,
  duplicateTab,
  moveTab,
  openTabInBrowser,
  reopenClosedTab,
} from './tab-actions';

interface TabMenuProps {
  readonly tab: WebTab;
  readonly name: string;
  /** Where it opens, in the window. */
  readonly x: number;
  readonly y: number;
  readonly onClose: () => void;
}

/** What can be done with a tab, by mouse or keyboard. */
export function TabMenu({ tab, name, x, y, onClose }: TabMenuProps) {
  const { t } = useTranslation();
  const triggerRef = useRef<HTMLSpanElement>(null);
  const { tabs, canReopen } = useStore(tabsStore);
  const at = tabs.findIndex(({ id }) => id === tab.id);
  const entries: readonly MenuEntry[] = [
    {
      ...{ kind: 'action', id: 'duplicate', text: t('tabs.duplicate'), icon: <Copy aria-hidden /> },
      run: () => duplicateTab(tab.id),
    },
    {
      ...{ kind: 'action', id: 'left', text: t('tabs.moveLeft'), icon: <ArrowLeft aria-hidden /> },
      isDisabled: at <= 0,
      run: () => moveTab(tab.id, tabs[at - 1]?.id ?? null),
    },
    {
      ...{ kind: 'action', id: 'right', text: t('tabs.moveRight'), icon: <ArrowRight aria-hidden /> },
      isDisabled: at === tabs.length - 1,
      run: () => moveTab(tab.id, tabs[at + 2]?.id ?? null),
    },
    {
      ...{ kind: 'action', id: 'browser', text: t('browserDoor.open'), icon: <ExternalLink aria-hidden /> },
      run: () => openTabInBrowser(tab.id),
    },
    { kind: 'separator', id: 'ends' },
    {
      ...{ kind: 'action', id: 'close', text: t('tabs.closeThis'), icon: <X aria-hidden /> },
      run: () => closeTab(tab.id),
    },
    {
      ...{ kind: 'action', id: 'others', text: t('tabs.closeOthers'), icon: <ListX aria-hidden /> },
      isDisabled: tabs.length < 2,
      run: () => closeOtherTabs(tab.id),
    },
    {
      ...{ kind: 'action', id: 'reopen', text: t('tabs.reopen'), icon: <Undo2 aria-hidden /> },
      isDisabled: !canReopen,
      run: reopenClosedTab,
    },
  ];
  return (
    <>
      <span ref={triggerRef} aria-hidden style={{ position: 'fixed', left: x, top: y }} />
      <OpenMenu label={name} entries={entries} triggerRef={triggerRef} onClose={onClose} />
    </>
  );
}
