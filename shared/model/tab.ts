import { z } from 'zod';
import { MachineId } from './machine';
import { ServerId } from './notebook';

export const TabId = z.uuid().brand<'TabId'>();
export type TabId = z.infer<typeof TabId>;

/** A page of a machine, shown in a `<webview>` of the machine's own session partition. */
export const WebTab = z.strictObject({
  id: TabId,
  machineId: MachineId,
  serverId: ServerId,
  /** The page's title; the server's kind until the page has one. */
  title: z.string(),
  /** Where the page starts, as the far side would write it: `http://localhost:8888/lab`. Holds no token. */
  url: z.url(),
  partition: z.string(),
});
export type WebTab = Readonly<z.infer<typeof WebTab>>;

export const TabList = z.strictObject({
  revision: z.number().int(),
  tabs: z.array(WebTab).readonly(),
  /** Null: the machines view is in front. */
  activeTabId: TabId.nullable(),
});
export type TabList = Readonly<z.infer<typeof TabList>>;
